import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isLimited, offsOf, verdicts } from './errors.ts';
import { type Measured, measureProgram, measureSynthetic, SHARES, whyNoGuest } from './measure.ts';
import { pageOf } from './page.ts';
import { pictureOf } from './picture.ts';
import { addSoFar, forgetSoFar, keepResults, keyOf, soFar } from './rows.ts';
import { PROGRAMS, SYNTHETIC } from './workloads.ts';

/**
 * `npm run accuracy`: every workload on a real kernel, and the page of it; what tells most comes first.
 *
 *     -- --for 45 --cut 30 --jobs 2    begins nothing after 45 minutes, cuts a run off after 30 s, two guests at once;
 *                                      the same again goes on where that ended (--anew: from the beginning)
 *     -- --only NAME                   one workload, again
 *     -- --page                        the page of what was measured
 *     -- --fast                        a third of them, the page to standard output; 1: a script is further off than it may be
 */
const { values: asked } = parseArgs({
  options: {
    for: { type: 'string', default: 'Infinity' },
    cut: { type: 'string', default: '60' },
    jobs: { type: 'string', default: '1' },
    only: { type: 'string' },
    anew: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
  },
});

/** How far off a script may be. */
const WORST = 0.15;
/** Of CI. */
const FAST_SHARES = [70, 30];
/** Of a program: at 90 % little happens, and at 30 % most are killed or cut off. */
const TELLING = [70, 50];
const MINUTE = 60_000;
const within = Number(asked.cut) * 1000;
const end = performance.now() + Number(asked.for) * MINUTE;

interface Work {
  readonly name: string;
  readonly shares: readonly number[];
  readonly measure: () => Promise<Measured[]>;
}

const isChosen = ({ name, fast }: { readonly name: string; readonly fast: boolean }): boolean =>
  !asked.page && (asked.only === undefined ? !asked.fast || fast : name === asked.only);
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

function programsAt(shares: readonly number[]): Work[] {
  return PROGRAMS.filter(isChosen).flatMap((program) => {
    if (has(program.needs))
      return { name: program.name, shares, measure: () => measureProgram(program, shares, within) };
    process.stderr.write(`SKIPPED: ${program.name}: there is no ${program.needs}\n`);
    return [];
  });
}

const scripts = SYNTHETIC.filter(isChosen).map((workload) => ({
  name: workload.name,
  shares: SHARES,
  measure: () => measureSynthetic(workload, within),
}));
const work: readonly Work[] = asked.fast
  ? [...scripts, ...programsAt(FAST_SHARES)]
  : [...programsAt(TELLING), ...scripts, ...programsAt(SHARES.filter((share) => !TELLING.includes(share)))];

// Installed is not yet able to boot: a container may forbid what a guest needs.
const missing = asked.fast ? await whyNoGuest() : null;
if (missing !== null) {
  process.stderr.write(
    `\nSKIPPED: no guest boots here (${missing}): nothing is held against a real kernel\n\n`,
  );
  process.exit(0);
}

/** Whether it is kept from one suite to the next how far this one came. */
const goesOn = !asked.fast && asked.only === undefined && !asked.page;
if (goesOn && asked.anew) forgetSoFar();
const found: Measured[] = goesOn ? soFar() : [];
const isKnown = ({ name, shares }: Work): boolean =>
  shares.every((share) => found.some((row) => keyOf(row) === keyOf({ workload: name, share })));
const queue = work.filter((each) => !isKnown(each));
let left = queue.length;

/** One after the other, while there is time. */
async function worker(): Promise<void> {
  for (let next = queue.shift(); next !== undefined && performance.now() < end; next = queue.shift()) {
    const began = performance.now();
    const what = `${next.name} at ${next.shares.join(', ')} %`;
    try {
      const rows = await next.measure();
      found.push(...rows);
      if (goesOn) addSoFar(rows);
      left -= 1;
      process.stderr.write(`${what}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${what}: FAILED: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}

await Promise.all(Array.from({ length: Number(asked.jobs) }, worker));

if (asked.fast) {
  process.stdout.write(pageOf(found));
  const limited = found.filter((row) => !row.isProgram && isLimited(row));
  const far = [...offsOf(limited, 'model', 'refaults'), ...offsOf(limited, 'model', 'pages scanned')].filter(
    ({ error }) => error > WORST,
  );
  const wrong = verdicts(limited, 'model').wrong;
  if (far.length + wrong.length > 0) {
    process.exitCode = 1;
    process.stderr.write(
      `FAILED: ${[...far, ...wrong].map(({ workload, share }) => `${workload} at ${share} %`).join(', ')}\n`,
    );
  }
} else {
  const order = [...SYNTHETIC, ...PROGRAMS].map(({ name }) => name);
  const all = keepResults(found, order);
  const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  writeFileSync(at('README.md'), pageOf(all));
  writeFileSync(at('accuracy.svg'), pictureOf(all));
  if (left > 0) process.stderr.write(`${left} of ${work.length} were not measured: the same again goes on\n`);
  else if (goesOn) forgetSoFar();
}
