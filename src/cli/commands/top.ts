import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import type { SessionStage } from '../../dashboard/stage/live-stage.ts';
import { openSessionStage } from '../../dashboard/stage/open.ts';
import { percent } from '../../kernel/numbers.ts';
import { cgroupPath } from '../../script/paths.ts';
import { EXIT } from '../../script/result.ts';
import { completeLine } from '../completion/line-candidates.ts';
import { definitionList } from '../help/definitions.ts';
import { type SessionGiven, sessionOption, tellSessionError } from '../on-session.ts';
import { chosenGroup, chosenSession } from '../options/session.ts';
import { Progress } from '../output/progress.ts';
import { misuse } from '../output/say.ts';
import { noSuchCgroup, within } from '../tables/cgroup-rows.ts';
import { topColumns, topJson, topTable } from '../tables/top-table.ts';

const SHORTEST = 0.1;
/** The line that the cursor is in. */
const CLEARED = '\r\x1b[K';

interface Given extends SessionGiven {
  readonly batch?: boolean;
  readonly iterations?: string;
  readonly delay?: string;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly group?: string;
  readonly color: boolean;
}

const epilog = (): string => `
Columns of -b
${definitionList(topColumns(), 80).join('\n')}

Examples
  memcg top
  memcg top -b -n 3 -d 0.5`;

export const top = (): Command =>
  new Command('top')
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
    .addHelpText('after', epilog)
    .action(look);

async function look(cgroup: string | undefined, given: Given): Promise<void> {
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
  // What takes a second where much is to be loaded; the first frame takes its place.
  if (!isBatch) process.stdout.write(`opening session ${chosen.session} ...`);
  const clear = (): void => void (isBatch || process.stdout.write(CLEARED));
  try {
    const stage = await openSessionStage({
      connect: { session: chosen.session, boot: 'if-needed' },
      group,
      directory: process.cwd(),
      complete: completeLine,
    }).finally(clear);
    try {
      process.exitCode = await show(stage, { cgroup, group, seconds, iterations, isBatch, given });
    } finally {
      await stage.close();
    }
  } catch (error) {
    tellSessionError(error);
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
  stage: SessionStage,
  { cgroup, group, seconds, iterations, isBatch, given }: Shown,
): Promise<number> {
  const path = cgroup === undefined ? null : cgroupPath(cgroup);
  if (isBatch || path !== null) await caughtUp(stage);
  const { cgroups } = stage.snapshot();
  if (path !== null && !cgroups.some((each) => each.path === path)) return noSuchCgroup('top', path, cgroups);
  if (isBatch) return batch(stage, path ?? '/', seconds, iterations, given);
  const { showOnTerminal } = await import('../output/show-on-terminal.ts');
  const left = await showOnTerminal(stage, {
    color: given.color,
    selected: path ?? group,
    chosen: path !== null,
  });
  return left === 'quit' ? 0 : 128 + constants.signals[left];
}

/** What is printed is what the machine is by then. */
async function caughtUp(stage: SessionStage): Promise<void> {
  const progress = new Progress();
  await stage.catchUp((done) => progress.tell(() => `catching up with the session: ${percent(done)}`));
  progress.clear();
}

async function batch(
  stage: SessionStage,
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
        return EXIT.interrupted;
      }
      await caughtUp(stage);
      if (!json) process.stdout.write('\n');
    }
    const snapshot = { ...stage.snapshot(), cgroups: within(stage.snapshot().cgroups, top) };
    process.stdout.write(json ? topJson(snapshot) : topTable(snapshot, { header, raw }));
  }
  return 0;
}
