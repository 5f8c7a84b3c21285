import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TuneJson } from '../../src/tune/report/json.ts';
import { plainRow, type Row } from './measure.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));
const SCRIPT = fileURLToPath(new URL('one-minute.memcg', import.meta.url));
const POINTS = 400;
const JOBS = 2;
/** What commit 2ef6ea2 took on two cores of AMD EPYC, s. */
const BEFORE = 28;
const LEAST_BUSY = 90;

/** Says on stderr, as JSON, what the program that it is loaded into has used: all of its threads together. */
const TELL_USAGE = `import { isMainThread } from 'node:worker_threads';
const began = performance.now();
if (isMainThread) process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(JSON.stringify({ cpu: (user + system) / 1e6, wall: (performance.now() - began) / 1e3 }));
});`;

/** `memcg tune` with 400 points of a one-minute recording on two cores. */
export async function tuning(): Promise<Row[]> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(TELL_USAGE)}`],
      ...[PROGRAM, 'tune', SCRIPT, '--limit', 'auto', '--points', `${POINTS}`, '--jobs', `${JOBS}`, '--json'],
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`memcg tune: ${stderr}`);
  const { cpu, wall }: { cpu: number; wall: number } = JSON.parse(stderr);
  const { scripts }: TuneJson = JSON.parse(stdout);
  const seen = `${scripts[0].trials.length} trials under its limit, ${cpu.toFixed(1)} s of CPU`;
  const busy = (100 * cpu) / (wall * JOBS);
  return [
    {
      work: 'tune 400 points of a minute, two workers',
      against: `commit 2ef6ea2, ${BEFORE} s`,
      found: BEFORE / wall,
      unit: 'x',
      aim: 6,
      floor: 4,
      better: 'more',
      seen: `${wall.toFixed(1)} s, ${seen}`,
    },
    {
      ...plainRow('tune: both cores busy', busy, '%', LEAST_BUSY),
      better: 'more',
      seen: 'less when others use them',
    },
  ];
}
