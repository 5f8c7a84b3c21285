import { fileURLToPath } from 'node:url';
import { alone, compared, type Shown } from '../../src/report/picture/shown.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import type { RunResult } from '../../src/script/result.ts';
import { runScript } from '../../src/script/run.ts';
import { runLines, settings } from '../script/scripts.ts';

/** Runs of real scripts with a timeline. */

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/${name}.memcg`, import.meta.url));

async function ran(name: string, options: { reclaimd?: boolean } = {}): Promise<RunResult> {
  const run = await runScript(
    settings(fixture(name), { boot: bootScriptFile, options, timeline: true, keepOutput: false }),
  );
  // Where this package lies is none of a report's business.
  return { ...run, script: `fixtures/${name}.memcg` };
}

export const replayed = async (name: string): Promise<Shown> => alone(await ran(name));

export const replayedTwice = async (name: string): Promise<Shown> =>
  compared(await ran(name), await ran(name, { reclaimd: false }));

export const linesRan = async (lines: readonly string[]): Promise<Shown> =>
  alone({ ...(await runLines(lines, { timeline: true, keepOutput: false })), script: 'small.memcg' });

/** A file read under a limit of about half of it: a few limit failures. */
export const SMALL: readonly string[] = [
  'mkdir web',
  'set web low_wmark_in_bytes=512K high_wmark_in_bytes=512K limit_in_bytes=512K',
  'spawn a web',
  'run a stream f 900K',
];

/** So many cgroups that work at once. */
export const manyCgroups = (count: number): string[] => {
  const each = <T>(make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  return [
    ...each((i) => `mkdir g${i}`),
    ...each(
      (i) => `set g${i} low_wmark_in_bytes=${i + 2}M high_wmark_in_bytes=${i + 3}M limit_in_bytes=${i + 4}M`,
    ),
    ...each((i) => `spawn t${i} g${i}`),
    ...each((i) => `start t${i} stream f${i} ${20 + 4 * i}M --write`),
    ...each((i) => `wait t${i}`),
  ];
};
