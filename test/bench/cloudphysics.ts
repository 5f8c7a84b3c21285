import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { inTurn, median, plainRow, type Row, seconds } from './measure.ts';
import { inFolder, memcg, node } from './programs.ts';

/**
 * The trace of a virtual machine that CloudPhysics published and libCacheSim has in its data/, of which CLOUDPHYSICS names
 * cloudphysics-io.oracleGeneral.bin.gz: whole processes under 100 MiB, our report included; against cachesim, if CACHESIM names it.
 */

const LIMIT_MIB = 100;
const WORK = `a trace of CloudPhysics under ${LIMIT_MIB} MiB, whole process with its report`;

export function cloudphysics(rounds: number): Promise<Row[]> {
  const file = process.env['CLOUDPHYSICS'];
  if (file === undefined) {
    console.error('no trace of CloudPhysics is measured: CLOUDPHYSICS names none');
    return Promise.resolve([]);
  }
  return inFolder(async (folder) => {
    // cachesim reads no gzip.
    writeFileSync(join(folder, TRACE), gunzipSync(readFileSync(file)));
    const script = join(folder, 'cloudphysics.memcg');
    writeFileSync(script, SCRIPT);
    const ours = (): number => node([memcg, 'replay', '--limit', `${LIMIT_MIB}M`, script]).seconds;
    const program = process.env['CACHESIM'];
    if (program === undefined) return [plainRow(WORK, median(Array.from({ length: rounds }, ours)), 's')];
    const took = await inTurn(rounds, () => seconds(() => cachesim(program, folder)), ours);
    return [
      {
        work: WORK,
        against: 'cachesim LRU, whole process',
        found: took.theirs / took.ours,
        unit: 'x',
        aim: 1,
        floor: 0.5,
        better: 'more',
        seen: `${took.ours.toFixed(2)} s against ${took.theirs.toFixed(2)} s`,
      },
    ];
  });
}

const TRACE = 'cloudphysics.oracleGeneral';
const SCRIPT = `machine memory=4G
spawn worker
run worker trace ${TRACE} --format oracleGeneral:unit=512 --asap
`;

function cachesim(program: string, cwd: string): void {
  const args = [TRACE, 'oracleGeneral', 'lru', `${LIMIT_MIB}MiB`];
  const { error, status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error !== undefined || status !== 0)
    throw new Error(`CACHESIM=${program} can't be run: ${error?.message ?? stderr}`);
}
