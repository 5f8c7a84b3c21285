import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, type Row } from './measure.ts';

/** Whole processes, `memcg --version` and `node -e 0` in turn, so that both see the same machine. */

const RUNS = 30;
const memcg = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));

export function startUp(): Row {
  const ours: number[] = [];
  const nodes: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const node = timed(['-e', '0']);
    const own = timed([memcg, '--version']);
    if (run === 0) continue;
    nodes.push(node);
    ours.push(own);
  }
  const value = median(ours) / median(nodes);
  return {
    work: 'start of `memcg --version`, times that of `node -e 0`',
    value,
    unit: '',
    aim: '1.3',
    floor: '1.3',
  };
}

function timed(args: readonly string[]): number {
  const began = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args);
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: is it built?`);
  return Number(process.hrtime.bigint() - began);
}
