import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { openSessionStage } from '../../dashboard/stage/open.ts';
import type { Snapshot, Stage } from '../../dashboard/stage/stage.ts';
import { suggestion } from '../../script/nearest.ts';
import { cgroupPath, shown } from '../../script/paths.ts';
import { SessionError } from '../../session/session-error.ts';
import { completeLine } from '../completion/line-completer.ts';
import { sessionErrorText } from '../line.ts';
import { misuse, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenGroup, chosenSession } from '../options/session.ts';
import { topJson, topTable } from '../tables/top-table.ts';

const INTERRUPTED = 130;
const REFUSED = 1;
const SHORTEST = 0.1;

interface Given extends SessionGiven {
  readonly batch?: boolean;
  readonly iterations?: string;
  readonly delay?: string;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly group?: string;
  readonly color: boolean;
}

/** `memcg top [CGROUP]` */
export function command(): Command {
  return new Command('top')
    .description(
      'The dashboard: what each cgroup uses, whether it is fine, and if not, why and what to change. Keys: ?',
    )
    .argument('[cgroup]', 'the one that is selected at first; with -b, it and those below it alone')
    .option('-b, --batch', 'plain text at each interval; also what anything but a terminal gets')
    .option('-n, --iterations <n>', 'end after so many intervals (not a terminal: 1)')
    .option('-d, --delay <seconds>', 'between two of them (1)')
    .option('-r, --raw', 'with -b: exact bytes and nanoseconds')
    .option('--json', 'one JSON object a line at each interval')
    .option('--no-color', 'draw without colours')
    .addOption(new Option('-g, --group <cgroup>', 'where files are that name no cgroup (MEMCG_GROUP)'))
    .addOption(sessionOption())
    .addHelpText('after', '\nExamples\n  memcg top\n  memcg top -b -n 10 -d 0.5 | grep stalling')
    .action(top);
}

async function top(cgroup: string | undefined, given: Given): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  const seconds = Number(given.delay ?? 1);
  if (!(seconds >= SHORTEST && seconds <= 86_400))
    return misuse(`top: -d takes seconds, ${SHORTEST} at least; '${given.delay}' is not`);
  const iterations = given.iterations === undefined ? null : Number(given.iterations);
  if (iterations !== null && !(Number.isSafeInteger(iterations) && iterations > 0))
    return misuse(`top: -n takes a number above 0; '${given.iterations}' is none`);

  const isBatch = given.batch || given.json || iterations !== null || !process.stdout.isTTY;
  if (!isBatch && given.delay !== undefined)
    return misuse('top: -d goes with -b: the dashboard is drawn as time goes by');

  const group = chosenGroup(given.group);
  try {
    const stage = await openSessionStage({
      connect: { session: chosen.session, boot: 'if-needed' },
      group,
      directory: process.cwd(),
      complete: completeLine,
    });
    try {
      process.exitCode = await show(stage, { cgroup, group, seconds, iterations, isBatch, given });
    } finally {
      await stage.close();
    }
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    process.stderr.write(sessionErrorText(error));
    process.exitCode = error.exit;
  }
}

interface Shown {
  readonly cgroup: string | undefined;
  readonly group: string;
  readonly seconds: number;
  readonly iterations: number | null;
  readonly isBatch: boolean | undefined;
  readonly given: Given;
}

async function show(
  stage: Stage,
  { cgroup, group, seconds, iterations, isBatch, given }: Shown,
): Promise<number> {
  await stage.advance();
  const path = cgroup === undefined ? null : cgroupPath(cgroup);
  if (path !== null && !isThere(stage.snapshot(), path)) return unknown(path, stage.snapshot());
  if (isBatch) return batch(stage, path ?? '/', seconds, iterations, given);
  const { showOnTerminal } = await import('../output/show-on-terminal.ts');
  const left = await showOnTerminal(stage, {
    color: given.color,
    selected: path ?? group,
    chosen: path !== null,
  });
  return left === 'quit' ? 0 : 128 + constants.signals[left];
}

const isThere = ({ cgroups }: Snapshot, path: string): boolean => cgroups.some((each) => each.path === path);

function unknown(path: string, { cgroups }: Snapshot): number {
  const near = suggestion(
    shown(path),
    cgroups.map((each) => shown(each.path)),
  );
  process.stderr.write(`memcg: top ${shown(path)}: ENOENT: No such file or directory\n`);
  process.stderr.write(`there is no such cgroup${near}\n`);
  return REFUSED;
}

async function batch(
  stage: Stage,
  top: string,
  seconds: number,
  iterations: number | null,
  { json, raw = false }: Given,
): Promise<number> {
  const header = process.stdout.isTTY;
  const most = iterations ?? (process.stdout.isTTY ? Number.POSITIVE_INFINITY : 1);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  for (let i = 0; i < most; i += 1) {
    if (i > 0) {
      try {
        await setTimeout(seconds * 1000, undefined, { signal: interrupt.signal });
      } catch {
        return INTERRUPTED;
      }
      await stage.advance();
      if (!json) process.stdout.write('\n');
    }
    const snapshot = within(stage.snapshot(), top);
    process.stdout.write(json ? topJson(snapshot) : topTable(snapshot, { header, raw }));
  }
  return 0;
}

/** The cgroup and those below it. */
function within(snapshot: Snapshot, top: string): Snapshot {
  const isBelow = (path: string): boolean => top === '/' || path === top || path.startsWith(`${top}/`);
  return { ...snapshot, cgroups: snapshot.cgroups.filter(({ path }) => isBelow(path)) };
}
