import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReplaysJson } from '../../src/report/json.ts';
import { median, type Row } from './measure.ts';
import { inFolder, memcg, node } from './programs.ts';

/** `memcg replay`, whole processes: of a long script, and of all the fixtures. */

const ROUNDS = 5;
const LINES = 1_000_000;

/** What scripts are made of, again and again. */
const TEN = `# marks, up and down
write web/high_wmark_in_bytes 56M
write web/high_wmark_in_bytes 57344K
expect web/high_wmark_in_bytes == 56M
set web low_wmark_in_bytes=48M
run reader stream data.img 64K --at 1M
expect web/usage_in_bytes <= 64M
expect web/failcnt == 0
wait 10us
fails EINVAL write web/high_wmark_in_bytes 80M
`;
const FIRST = `mkdir web
set web low_wmark_in_bytes=48M high_wmark_in_bytes=56M limit_in_bytes=64M
spawn reader web
`;

export function longScript(): Promise<Row[]> {
  return inFolder((folder) => {
    const script = join(folder, 'long.memcg');
    writeFileSync(script, FIRST + TEN.repeat(LINES / 10));
    const took = Array.from({ length: ROUNDS }, () => node([memcg, 'replay', '--json', script]).seconds);
    return [
      {
        work: 'a script of 1 M lines: lines',
        against: '',
        found: LINES / median(took),
        unit: '/s',
        aim: null,
        floor: null,
        better: 'more',
        seen: 'whole process',
      },
    ];
  });
}

export async function fixtures(): Promise<Row[]> {
  const scripts = ['../../fixtures/', '../../fixtures/recorded/'].flatMap(scriptsIn);
  const speeds: number[] = [];
  let virtual = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { seconds, stdout } = node([memcg, 'replay', '--json', ...scripts]);
    const { runs } = JSON.parse(stdout) as ReplaysJson;
    virtual = runs.reduce((sum, run) => sum + run.virtual_ns, 0) / 1e9;
    speeds.push(virtual / seconds);
  }
  return [
    {
      work: `the fixture folder (${scripts.length} scripts) in one process: virtual time`,
      against: 'the wall',
      found: median(speeds),
      unit: 'x',
      aim: null,
      floor: null,
      better: 'more',
      seen: `${virtual.toFixed(1)} s in ${(virtual / median(speeds)).toFixed(2)} s`,
    },
  ];
}

function scriptsIn(folder: string): string[] {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  return (
    readdirSync(path)
      // What boots a machine of another policy is no script of its own.
      .filter((name) => name.endsWith('.memcg') && !name.startsWith('boot'))
      .sort()
      .map((name) => join(path, name))
  );
}
