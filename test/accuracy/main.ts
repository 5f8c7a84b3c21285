import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isLimited, offsOf, verdicts } from './errors.ts';
import { type Measured, measureProgram, measureSynthetic, SHARES, whyNoGuest } from './measure.ts';
import { pageOf } from './page.ts';
import { pictureOf } from './picture.ts';
import { PROGRAMS, SYNTHETIC } from './workloads.ts';

/**
 * `npm run accuracy`: every workload on a real kernel, and the page of it. `-- --fast`: a third of them, the page to
 * standard output, and 1 if a script is further off than it may be. `-- --only NAME`: one, again, and the page. `-- --page`: the page of what was measured.
 */

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** How far off a script may be. */
const WORST = 0.15;
/** Of CI. */
const FAST_SHARES = [70, 30];
const RESULTS = at('results.jsonl');
const words = process.argv.slice(2);
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : null;
const fast = words.includes('--fast');
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const chosen = <T extends { readonly name: string; readonly fast: boolean }>(all: readonly T[]): T[] =>
  words.includes('--page')
    ? []
    : all.filter((each) => (only === null ? !fast || each.fast : each.name === only));

// Installed is not yet able to boot: a container may forbid what a guest needs.
const missing = fast ? await whyNoGuest() : null;
if (missing !== null) {
  process.stderr.write(
    `\nSKIPPED: no guest boots here (${missing}): nothing is held against a real kernel\n\n`,
  );
  process.exit(0);
}

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
  if (has(program.needs))
    await measure(program.name, () => measureProgram(program, fast ? FAST_SHARES : SHARES));
  else process.stderr.write(`SKIPPED: ${program.name}: there is no ${program.needs}\n`);
}

const lineOf = (row: Measured): string => `${JSON.stringify(row)}\n`;
if (fast) {
  process.stdout.write(pageOf(found));
  const scripts = found.filter((row) => !row.isProgram && isLimited(row));
  const far = [...offsOf(scripts, 'model', 'refaults'), ...offsOf(scripts, 'model', 'pages scanned')].filter(
    ({ error }) => error > WORST,
  );
  const wrong = verdicts(scripts, 'model').wrong;
  if (far.length + wrong.length > 0) {
    process.exitCode = 1;
    process.stderr.write(
      `FAILED: ${[...far, ...wrong].map(({ workload, share }) => `${workload} at ${share} %`).join(', ')}\n`,
    );
  }
} else {
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
