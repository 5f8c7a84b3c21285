import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { cgroupPath } from '../../script/paths.ts';
import { EXIT } from '../../script/result.ts';
import type { Client } from '../../session/client.ts';
import type { Inspected } from '../../session/protocol.ts';
import { definitionList } from '../help/definitions.ts';
import { json, jsonOption, lookingAt, type SessionGiven, sessionOption } from '../on-session.ts';
import { lookOfOutput } from '../output/look.ts';
import { misuse } from '../output/say.ts';
import { type CgroupRow, noSuchCgroup, within } from '../tables/cgroup-rows.ts';
import { type StatLook, statColumns, statJson, statTable } from '../tables/stat-table.ts';

const SHORTEST = 0.1;

interface Given extends SessionGiven {
  /** true: every second. */
  readonly watch?: string | true;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly color: boolean;
}

const epilog = (): string => `
Columns
${definitionList(statColumns(), 80).join('\n')}

On a terminal, columns that do not fit are left out; anywhere else all are there, and a
header with -w alone. With --json, -w prints one object a line.

Example
  memcg stat -w`;

export const stat = (): Command =>
  new Command('stat')
    .description(
      'Shows each cgroup in a line: usage, marks, refused charges, stalls, and what its reclaimer does.',
    )
    .argument('[cgroup]', 'it and those below it alone')
    .option('-w, --watch [seconds]', 'again every so many seconds (1), until ^C')
    .option('-r, --raw', 'exact bytes and nanoseconds')
    .addOption(jsonOption())
    .option('--no-color', 'print without colours')
    .addOption(sessionOption())
    .addHelpText('after', epilog)
    .action(async (cgroup: string | undefined, given: Given) => {
      const seconds = given.watch === true ? 1 : Number(given.watch ?? 0);
      if (given.watch !== undefined && !(seconds >= SHORTEST))
        return misuse(`stat: -w takes seconds, ${SHORTEST} at least; '${given.watch}' is not`);
      await lookingAt(given, (client) => show(client, cgroup, given, seconds));
    });

async function show(
  client: Client,
  cgroup: string | undefined,
  given: Given,
  seconds: number,
): Promise<number> {
  const top = cgroupPath(cgroup ?? '/');
  const interrupt = new AbortController();
  const watched = given.watch !== undefined;
  const drawn = watched && process.stdout.isTTY && !given.json;
  if (watched) process.once('SIGINT', () => interrupt.abort());
  let before: Inspected | null = null;
  for (;;) {
    const now: Inspected = await client.request('inspect', {});
    const cgroups = within(now.cgroups, top);
    if (cgroups.length === 0) return noSuchCgroup('stat', top, now.cgroups);
    const shownNow = { ...now, cgroups };
    const table = given.json
      ? watched
        ? `${JSON.stringify(statJson(shownNow))}\n`
        : json(statJson(shownNow))
      : statTable(cgroups, shareSince(before, now), look(given, watched), now.kernel);
    const between = before === null || given.json ? '' : '\n';
    process.stdout.write(drawn ? screen(table, process.stdout.rows) : between + table);
    if (!watched) return 0;
    before = now;
    try {
      await setTimeout(seconds * 1000, undefined, { signal: interrupt.signal });
    } catch {
      return EXIT.interrupted;
    }
  }
}

function look({ color, raw }: Given, watched: boolean): StatLook {
  const terminal = process.stdout.isTTY;
  const { width, color: colored } = lookOfOutput(null, color);
  return {
    width: terminal ? width : Number.POSITIVE_INFINITY,
    color: colored,
    header: terminal || watched,
    raw: raw ?? false,
  };
}

/** Of one CPU, since the last look, or since boot. */
function shareSince(before: Inspected | null, now: Inspected): (row: CgroupRow) => number {
  const elapsed = now.virtual_ns - (before?.virtual_ns ?? 0);
  return ({ path, stat: { bg_cpu_ns } }) => {
    const earlier = before?.cgroups.find((each) => each.path === path)?.stat.bg_cpu_ns ?? 0;
    return elapsed > 0 ? Math.max(0, bg_cpu_ns - earlier) / elapsed : 0;
  };
}

/** Drawn over what was there: to clear first would flicker. The last row stays free, or the terminal scrolls. */
function screen(table: string, rows: number): string {
  const lines = table.split('\n').slice(0, -1);
  const fits =
    lines.length < rows ? lines : [...lines.slice(0, rows - 2), `... ${lines.length - rows + 2} more`];
  return `\x1b[H${fits.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`;
}
