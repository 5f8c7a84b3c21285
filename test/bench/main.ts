import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HELD } from './held.ts';
import { isLost, isMissed, type Row } from './measure.ts';
import { json, markdown, shown, text } from './table.ts';

/**
 * `npm run bench`: one table, of which each row is measured in a process of its own, so that none runs
 * what another's work has warmed up or left behind.
 */

interface Bench {
  readonly measure: (rounds: number) => Promise<Row[]>;
  /** In turn with what it is compared with: for the table, and for `--ratios` (null: it takes no part). */
  readonly rounds: readonly [table: number, ratios: number | null];
}

const BENCHES: Readonly<Record<string, Bench>> = {
  'trace-file': {
    measure: async (rounds) => (await import('./against-cachesim.ts')).againstCachesim(rounds),
    rounds: [3, null],
  },
  cloudphysics: {
    measure: async (rounds) => (await import('./cloudphysics.ts')).cloudphysics(rounds),
    rounds: [5, null],
  },
  'trace-memory': {
    measure: async (rounds) => (await import('./against-lru.ts')).againstLru(rounds),
    rounds: [3, 1],
  },
  'trace-6.1': {
    measure: async (rounds) => (await import('./newer-kernel.ts')).newerKernel(rounds),
    rounds: [3, 1],
  },
  limits: {
    measure: async (rounds) => (await import('./limits.ts')).underLimits(rounds),
    rounds: [5, 3],
  },
  stream: { measure: async () => (await import('./page-core.ts')).stream(), rounds: [1, null] },
  touch: { measure: async () => (await import('./page-core.ts')).randomTouches(), rounds: [1, null] },
  'stream-6.1': {
    measure: async (rounds) => (await import('./newer-kernel.ts')).newerStream(rounds),
    rounds: [5, 3],
  },
  cgroups: {
    measure: async (rounds) => (await import('./many-cgroups.ts')).manyCgroups(rounds),
    rounds: [5, 3],
  },
  filled: { measure: async () => (await import('./filled.ts')).filled(), rounds: [1, null] },
  'filled-6.1': { measure: async () => (await import('./filled.ts')).newerFilled(), rounds: [1, null] },
  save: { measure: async () => (await import('./save-and-load.ts')).saveAndLoad(), rounds: [1, null] },
  replay: {
    measure: async (rounds) => (await import('./start-up.ts')).startOfReplay(rounds),
    rounds: [25, 15],
  },
  lines: { measure: async () => (await import('./scripts.ts')).longScript(), rounds: [1, null] },
  fixtures: { measure: async () => (await import('./scripts.ts')).fixtures(), rounds: [1, null] },
  'start-up': {
    measure: async (rounds) => (await import('./start-up.ts')).startUp(rounds),
    rounds: [25, 15],
  },
  session: { measure: async () => (await import('./session.ts')).session(), rounds: [1, null] },
  tune: { measure: async () => (await import('./tune.ts')).tuning(), rounds: [1, null] },
  explore: { measure: async () => (await import('./explore.ts')).exploring(), rounds: [1, null] },
  mount: { measure: async () => (await import('./mount.ts')).mount(), rounds: [1, null] },
};

const TRIES = 3;

const USAGE = `usage: npm run bench -- [OPTION]...
measures what was built, and prints a table

  --only NAME  this row alone, or these: ${Object.keys(BENCHES).join(', ')}
  --ratios     rows that compare two things within one run, in few rounds, each up to ${TRIES} times
               until it reaches its floor, or what it is held to (test/bench/held.ts); exit 1 when one does not
  --quick      waits less for a session to be idle
  --json, --markdown
`;

const given = asked();

function asked() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        ratios: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        /** By this program itself: measure one here, in so many rounds. */
        here: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

if (given.help) console.log(USAGE);
else if (given.here !== undefined) await measureHere(given.here, Number(given.only?.[0]));
else await measureAll(chosen());

async function measureHere(name: string, rounds: number): Promise<void> {
  console.log(JSON.stringify(await BENCHES[name].measure(rounds)));
}

function chosen(): string[] {
  const names = given.only ?? Object.keys(BENCHES);
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown === undefined) return names.filter((name) => !given.ratios || BENCHES[name].rounds[1] !== null);
  console.error(`bench: there is no row '${unknown}': there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}

async function measureAll(names: readonly string[]): Promise<void> {
  // What is measured is what was built; and that has to be of today.
  await import('../../.build/bundle.ts');
  const rows = names.flatMap((name) =>
    given.ratios ? heldToFloor(name) : inProcess(name, BENCHES[name].rounds[0]),
  );
  const show = given.json ? json : given.markdown ? markdown : text;
  console.log(show(rows));
  if (!given.ratios) return;
  for (const row of rows.filter((each) => isMissed(each) || isLost(each))) {
    console.error(`bench: ${sentence(row)}`);
    if (isLost(row)) process.exitCode = 1;
  }
}

function sentence(row: Row): string {
  const { work, against, found, unit, floor, held } = row;
  const is = `${work}: ${shown(found, unit)} ${against}, the floor is ${shown(floor ?? 0, unit)}`;
  if (held === undefined) return is;
  return `${is}, it is held to ${shown(held.to, unit)} (${held.why})${isLost(row) ? ', and that is lost' : ''}`;
}

/** A busy machine only ever makes a ratio worse by chance: it is lost when it is lost every time. */
function heldToFloor(name: string): Row[] {
  for (let left = TRIES - 1; ; left -= 1) {
    const held = HELD[name];
    const rows = inProcess(name, BENCHES[name].rounds[1] ?? 1).map((row) => (held ? { ...row, held } : row));
    if (left === 0 || !rows.some(isLost)) return rows;
  }
}

function inProcess(name: string, rounds: number): Row[] {
  if (process.stderr.isTTY) console.error(`measuring ${name} ...`);
  const program = fileURLToPath(import.meta.url);
  const args = [
    ...process.execArgv,
    program,
    '--here',
    name,
    '--only',
    `${rounds}`,
    ...(given.quick ? ['--quick'] : []),
  ];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return JSON.parse(stdout) as Row[];
  console.error(`bench: '${name}' could not be measured`);
  process.exitCode = 1;
  return [];
}
