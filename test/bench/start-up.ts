import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, median, type Row } from './measure.ts';
import { inFolder, memcg, node } from './programs.ts';

/** Whole processes and `node -e 0`, in turn. */

/** What people write first: marks, a reader, and what they expect of it. */
const SCRIPT = `mkdir web
set web low_wmark_in_bytes=1M high_wmark_in_bytes=1536K limit_in_bytes=2M
spawn reader web
run reader stream data.img 8M
wait 10ms
expect web/usage_in_bytes <= 1536K
expect web/failcnt == 0
expect web/reclaim_stat:stall_count == 0
fails EINVAL write web/high_wmark_in_bytes 80M
print "settled"
`;

export function startOfReplay(rounds: number): Promise<Row[]> {
  return inFolder(async (folder) => {
    const script = join(folder, 'ten.memcg');
    writeFileSync(script, SCRIPT);
    return [await timesNode('`memcg replay` of a 10-line script', ['replay', script], rounds, [1.4, 2])];
  });
}

export const startUp = async (rounds: number): Promise<Row[]> => [
  await timesNode('`memcg --version`', ['--version'], rounds, [1.1, 1.3]),
];

/** `goals`: aim and floor. */
export async function timesNode(
  work: string,
  args: readonly string[],
  rounds: number,
  [aim, floor]: readonly [aim: number, floor: number],
): Promise<Row> {
  const theirs = (): number => node(['-e', '0']).seconds;
  const ours = (): number => node([memcg, ...args]).seconds;
  await inTurn(1, theirs, ours);
  const pairs: { theirs: number; ours: number }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push(await inTurn(1, theirs, ours));
  const took = {
    theirs: median(pairs.map((pair) => pair.theirs)),
    ours: median(pairs.map((pair) => pair.ours)),
  };
  return {
    work,
    against: '`node -e 0`',
    // Of each pair: what else the machine does in that moment is the same for both.
    found: median(pairs.map((pair) => pair.ours / pair.theirs)),
    unit: 'x',
    aim,
    floor,
    better: 'less',
    seen: `${(took.ours * 1000).toFixed(0)} ms against ${(took.theirs * 1000).toFixed(0)} ms`,
  };
}
