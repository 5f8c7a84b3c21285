/** A page that computes, in Chromium: `npx tsx test/bench/page.ts`, after `npm run playground`. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { programFile } from '../../src/script/package-files.ts';

const TIMES = 9;
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'memcg-page-'));
const report = join(folder, 'npm-ci.html');
const playground = join(root, 'dist/playground.html');
const command = ['replay', 'fixtures/recorded/npm-ci.memcg', '--limit', '700M', '--html', report];
execFileSync(process.execPath, [programFile(), ...command], { cwd: root });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[values.length >> 1]);
const said = (page: Page): Promise<string> => page.locator('.state').innerText();

async function firstGraph(file: string): Promise<number> {
  const page = await browser.newPage();
  const began = performance.now();
  await page.goto(`file://${file}`);
  await page.waitForSelector('.chart svg');
  const took = performance.now() - began;
  await page.close();
  return took;
}

/** From a key on the limit's line to the new figures on the screen; and what of that the worker computed. */
async function moved(page: Page): Promise<[number, number]> {
  await page.evaluate(() => {
    const state = document.querySelector('.state');
    if (state !== null) state.textContent = '';
  });
  const began = performance.now();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelector('.state')?.textContent !== '', null, {
    polling: 'raf',
  });
  return [performance.now() - began, Number(/\d+/.exec(await said(page))?.[0])];
}

for (const [name, file] of [
  ['npm-ci.html', report],
  ['playground.html', playground],
] as const) {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) times.push(await firstGraph(file));
  console.log(`${name}: ${statSync(file).size} bytes, first graph after ${median(times)} ms`);
}
const page = await browser.newPage();
await page.goto(`file://${report}`);
await page.waitForFunction(() => document.querySelector('.state')?.textContent !== '', null, {
  timeout: 60_000,
});
await page.getByRole('slider', { name: /^limit/ }).focus();
const all: [number, number][] = [];
for (let i = 0; i < TIMES; i++) all.push(await moved(page));
const warm = all.slice(3);
console.log(
  `a mark moved: ${median(warm.map(([took]) => took))} ms to the new figures, ${median(warm.map(([, own]) => own))} of them in the worker`,
);
await browser.close();
rmSync(folder, { recursive: true });
