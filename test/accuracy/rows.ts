import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Measured } from './measure.ts';

/** Where rows are kept: what was measured, and what a suite that is not over has measured so far. */

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const RESULTS = at('results.jsonl');
const SO_FAR = at('results.so-far.jsonl');

export const keyOf = ({ workload, share }: Pick<Measured, 'workload' | 'share'>): string =>
  `${workload} ${share}`;

/** What is measured for the page: all before it, with `fresh` in place of the same rows. `order`: of workloads. */
export function keepResults(fresh: readonly Measured[], order: readonly string[]): Measured[] {
  const rows = new Map([...readRows(RESULTS), ...fresh].map((row) => [keyOf(row), row]));
  const all = [...rows.values()].sort(
    (a, b) => order.indexOf(a.workload) - order.indexOf(b.workload) || b.share - a.share,
  );
  writeFileSync(RESULTS, all.map(lineOf).join(''));
  return all;
}

export const soFar = (): Measured[] => readRows(SO_FAR);
export const addSoFar = (rows: readonly Measured[]): void =>
  appendFileSync(SO_FAR, rows.map(lineOf).join(''));
export const forgetSoFar = (): void => rmSync(SO_FAR, { force: true });

const lineOf = (row: Measured): string => `${JSON.stringify(row)}\n`;

function readRows(path: string): Measured[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    // Half a line is what a suite that was killed has left.
    return lines.slice(0, -1).map((line) => JSON.parse(line));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
