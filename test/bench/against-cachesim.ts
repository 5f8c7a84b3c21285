import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, type Row } from './measure.ts';
import { inFolder, replay } from './programs.ts';
import { shown } from './table.ts';
import { ACCESSES, MARKS, MEMORY, missRatio, RESIDENT, writeOracleGeneral, zipfPages } from './zipf-trace.ts';

/**
 * A trace's file, read by `memcg replay` and by libCacheSim's cachesim, which CACHESIM
 * names: the whole of our process against what cachesim says of its loop alone.
 */

/** Accesses a second of cachesim's LRU on such a trace, found in 2026 on a core of a shared AMD EPYC machine. */
const OF_THE_DAY = 4_400_000;

export function againstCachesim(rounds: number): Promise<Row[]> {
  return inFolder(async (folder) => {
    const trace = join(folder, 'zipf.oracleGeneral');
    writeOracleGeneral(trace, zipfPages());
    const script = join(folder, 'zipf.memcg');
    writeFileSync(script, SCRIPT);

    const program = process.env['CACHESIM'];
    const seen = { ours: '', theirs: '' };
    const theirs = (): number => {
      if (program === undefined) return OF_THE_DAY;
      const { rate, misses } = cachesim(program, trace, folder);
      seen.theirs = `, miss ratio ${misses}`;
      return rate;
    };
    const ours = (): number => {
      const { seconds, run } = replay(script);
      const stat = run.cgroups['/web']?.files['memory.stat'] ?? '';
      seen.ours = missRatio(Number(/^pgpgin (\d+)$/m.exec(stat)?.[1]));
      return ACCESSES / seconds;
    };
    const rate = await inTurn(rounds, theirs, ours);
    return [
      {
        work: `Zipf trace, ${ACCESSES / 1e6} M accesses over 10 M pages, 1 M resident, read from its file`,
        against: program === undefined ? 'cachesim LRU, figure of the day' : 'cachesim LRU',
        found: rate.ours / rate.theirs,
        unit: 'x',
        aim: 2.5,
        floor: 1.6,
        better: 'more',
        seen: `whole process: ${shown(rate.ours, '/s')} against ${shown(rate.theirs, '/s')}, ${seen.ours}${seen.theirs === '' ? '' : ` against${seen.theirs.slice(1)}`}`,
      },
    ];
  });
}

const [low, high, limit] = MARKS.map((pages) => pages * 4096);
const SCRIPT = `machine memory=${MEMORY * 4096}
mkdir web
set web low_wmark_in_bytes=${low} high_wmark_in_bytes=${high} limit_in_bytes=${limit}
spawn worker web
run worker trace zipf.oracleGeneral --format oracleGeneral:unit=4096 --asap
`;

/** Its last line ends with `miss ratio 0.1234, throughput 4.40 MQPS`. */
function cachesim(program: string, trace: string, cwd: string): { rate: number; misses: string } {
  const args = [trace, 'oracleGeneral', 'lru', `${RESIDENT}`, '--ignore-obj-size', '1'];
  const { error, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) throw new Error(`CACHESIM=${program} can't be run: ${error.message}`);
  const misses = /miss ratio ([\d.]+)/.exec(stdout)?.[1];
  const throughput = /throughput ([\d.]+) MQPS/.exec(stdout)?.[1];
  if (misses === undefined || throughput === undefined) {
    throw new Error(`${program} ${args.join(' ')} printed no miss ratio and throughput: ${stdout}${stderr}`);
  }
  return { rate: Number(throughput) * 1e6, misses };
}
