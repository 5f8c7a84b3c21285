import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Measured, measureProgram, measureSynthetic } from './measure.ts';
import { pageOf } from './page.ts';
import { pictureOf } from './picture.ts';
import { PROGRAMS, SYNTHETIC } from './workloads.ts';

/**
 * `npm run accuracy`: every workload on a real kernel, and the page of it. `-- --fast`: a third of them, and no
 * page. `-- --only NAME`: one, again, and the page. `-- --page`: the page of what was measured.
 */

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const RESULTS = at('results.jsonl');
const words = process.argv.slice(2);
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : null;
const fast = words.includes('--fast');
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const chosen = <T extends { readonly name: string; readonly fast: boolean }>(all: readonly T[]): T[] =>
  words.includes('--page')
    ? []
    : all.filter((each) => (only === null ? !fast || each.fast : each.name === only));

const found: Measured[] = [];
async function measure(name: string, act: () => Promise<Measured[]>): Promise<void> {
  const began = performance.now();
  try {
    const rows = await act();
    found.push(...rows);
    process.stderr.write(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${name}: FAILED: ${error instanceof Error ? error.message : error}\n`);
  }
}

for (const workload of chosen(SYNTHETIC)) await measure(workload.name, () => measureSynthetic(workload));
for (const program of chosen(PROGRAMS)) {
  if (has(program.needs)) await measure(program.name, () => measureProgram(program));
  else process.stderr.write(`SKIPPED: ${program.name}: there is no ${program.needs}\n`);
}

const lineOf = (row: Measured): string => `${JSON.stringify(row)}\n`;
if (fast) process.stdout.write(pageOf(found));
else {
  const names = new Set(found.map(({ workload }) => workload));
  const kept = readRows(RESULTS).filter(({ workload }) => !names.has(workload));
  writeFileSync(RESULTS, '');
  const order = [...SYNTHETIC, ...PROGRAMS].map(({ name }) => name);
  const all = [...kept, ...found].sort((a, b) => order.indexOf(a.workload) - order.indexOf(b.workload));
  for (const row of all) appendFileSync(RESULTS, lineOf(row));
  writeFileSync(at('README.md'), pageOf(all));
  writeFileSync(at('accuracy.svg'), pictureOf(all));
}

function readRows(path: string): Measured[] {
  try {
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
