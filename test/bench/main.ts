import { cpus } from 'node:os';
import { againstLru } from './against-lru.ts';
import { manyCgroups } from './many-cgroups.ts';
import type { Row } from './measure.ts';
import { mount } from './mount.ts';
import { randomTouches, show, stream, zipfTrace } from './page-core.ts';
import { session } from './session.ts';
import { startUp } from './start-up.ts';

/**
 * `npm run bench [-- --json]`: one table, medians, measured one after the other in one process.
 * With `--ratios` only what compares two things within this run, held to its floor: exit 1 below it.
 */

const ratios = process.argv.includes('--ratios');
const rows: Row[] = ratios
  ? [...againstLru(), manyCgroups()].filter(isHeld)
  : [
      await stream(),
      await zipfTrace(),
      ...againstLru(),
      manyCgroups(),
      ...(await randomTouches()),
      startUp(),
      ...(await session()),
      ...(await mount()),
    ];

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, cpu: cpus()[0]?.model, rows }, null, 2));
} else {
  const width = Math.max(...rows.map(({ work }) => work.length));
  console.log(`node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}`);
  console.log(
    `${'work'.padEnd(width)}  ${'found'.padStart(8)}  ${'aim'.padStart(5)}  ${'floor'.padStart(5)}`,
  );
  for (const row of rows) {
    const cells = [row.work.padEnd(width), show(row).padStart(8), row.aim.padStart(5), row.floor.padStart(5)];
    console.log(cells.join('  '));
  }
}

if (ratios && rows.some(isMissed)) process.exitCode = 1;

function isHeld({ atLeast, atMost }: Row): boolean {
  return atLeast !== undefined || atMost !== undefined;
}

function isMissed({ value, atLeast = -Infinity, atMost = Infinity }: Row): boolean {
  return value < atLeast || value > atMost;
}
