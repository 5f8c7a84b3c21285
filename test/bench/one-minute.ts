import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../fixtures/recorded/', import.meta.url));

/** Recordings, and the second at which each begins. Together they take a minute. */
const PARTS = [
  ['npm-ci', 0],
  ['compile', 23],
  ['npm-ci', 36],
  ['sqlite', 58.5],
] as const;

/** One script of real programs' recordings, one after the other, each in a task of its own. */
export function oneMinute(): string {
  const parts = PARTS.map(([name, begins], index) => shifted(read(name), begins, index));
  return `machine cpus=2 memory=24105M\n${parts.join('\n')}`;
}

const read = (name: string): string => readFileSync(`${FOLDER}${name}.memcg`, 'utf8');

/** Its lines from the first spawn on, later by so many seconds, with a task and files of their own. */
function shifted(script: string, begins: number, index: number): string {
  const [, task = ''] = /^spawn (\S+)$/m.exec(script) ?? [];
  const lines = script.slice(script.search(/^spawn /m)).split('\n');
  const moved = lines.map((line) =>
    line
      .replace(/^at ([\d.]+)s/, (_, time: string) => `at ${(Number(time) + begins).toFixed(3)}s`)
      .replaceAll(new RegExp(`\\b${task}\\b`, 'g'), `${task}${index}`),
  );
  return [`at ${begins}s --late`, ...moved.filter((line) => line !== '')].join('\n');
}
