import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openScriptStage } from '../../src/dashboard/stage/open.ts';
import { ns } from '../../src/kernel/units.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';

/**
 * What the screen says of six fixtures, as fixtures/README.md tells it: is this group fine, and if not,
 * why, and what should be changed? `UPDATE=1` writes down what it says now.
 */

const README = fileURLToPath(new URL('../../fixtures/README.md', import.meta.url));
const HEADING = '## What the dashboard says\n';
const INTRODUCTION = `
\`memcg replay --watch fixtures/NAME.memcg\`, and at the end \`g\`, \`t\` and the arrow keys to the instant:
is the group fine, and if not, why, and what could be tried? A test holds this true.

| fixture, group, instant | in a word | why | what to try |
|---|---|---|---|
`;

const INSTANTS: readonly (readonly [fixture: string, path: string, seconds: number])[] = [
  ['hysteresis', '/web', 1.6],
  ['streaming', '/plain', 3.5],
  ['spinning', '/web', 1],
  ['oom', '/web', 0.2],
  ['limit-below-usage', '/web', 0.5],
  ['bursts', '/room', 1],
];

/** A row of the table. */
async function said(fixture: string, path: string, seconds: number): Promise<string> {
  const script = fileURLToPath(new URL(`../../fixtures/${fixture}.memcg`, import.meta.url));
  const stage = await openScriptStage({
    script,
    stdin: process.stdin,
    boot: bootScriptFile(),
    group: '/default',
    options: {},
    before: () => [],
    speed: 'max',
  });
  try {
    while (stage.clock().ended === null) {
      await stage.advance();
      await setImmediate();
    }
    await stage.goTo(ns(seconds * 1e9));
    const row = stage.snapshot().cgroups.find((each) => each.path === path);
    const { word, reason, advice } = row?.health ?? { word: 'gone', reason: '', advice: '' };
    const tried = advice === '' ? '' : `\`${advice}\``;
    return `| [${fixture}](${fixture}.memcg) \`${path}\` ${seconds} s | **${word}** | ${reason} | ${tried} |\n`;
  } finally {
    await stage.close();
  }
}

test('the screen says of six fixtures what their README tells', { timeout: 120_000 }, async () => {
  let section = HEADING + INTRODUCTION;
  for (const instant of INSTANTS) section += await said(...instant);
  const readme = readFileSync(README, 'utf8');
  const at = readme.indexOf(HEADING);
  const end = readme.indexOf('\n## ', at + 1);
  const written = at < 0 ? '' : readme.slice(at, end < 0 ? undefined : end);
  if (process.env['UPDATE'] === '1' && written !== section) {
    writeFileSync(README, at < 0 ? `${readme}\n${section}` : readme.replace(written, section));
    return;
  }
  expect(written).toBe(section);
});
