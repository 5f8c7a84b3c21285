import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, type Row } from './measure.ts';
import { inFolder, memcg, node } from './programs.ts';
import { writeOracleGeneral, zipfPages } from './zipf-trace.ts';

/** One trace under 16 limits: by one program, which reads it once, and by one program for each. */

const ACCESSES = 500_000;
const LIMITS = Array.from({ length: 16 }, (_, i) => `${32 * (i + 1)}M`);

export function underLimits(rounds: number): Promise<Row[]> {
  return inFolder(async (folder) => {
    writeOracleGeneral(join(folder, 'zipf.oracleGeneral'), zipfPages().subarray(0, ACCESSES));
    const script = join(folder, 'zipf.memcg');
    writeFileSync(script, SCRIPT);
    const replay = (limits: string): number =>
      node([memcg, 'replay', '--json', '--limit', limits, script]).seconds;
    const took = await inTurn(
      rounds,
      () => LIMITS.reduce((sum, limit) => sum + replay(limit), 0),
      () => replay(LIMITS.join(',')),
    );
    return [
      {
        work: '16 limits of one trace at once',
        against: '16 runs',
        found: took.theirs / took.ours,
        unit: 'x',
        aim: 4,
        floor: 2.5,
        better: 'more',
        seen: `${took.ours.toFixed(1)} s against ${took.theirs.toFixed(1)} s`,
      },
    ];
  });
}

const SCRIPT = `machine memory=2G
spawn worker
run worker trace zipf.oracleGeneral --format oracleGeneral:unit=4096 --asap
`;
