import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { renderFile } from '../../src/report/report.ts';
import { programFile, reportPageFile } from '../../src/script/package-files.ts';
import { replayed } from '../report/real-runs.ts';
import { browserWithFolder, CHROMIUM, complaintsOf, misplaced } from '../support/browser.ts';

/** Reports that make their runs anew, in a real browser. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NPM = 'fixtures/recorded/npm-ci.memcg';
const missing = [CHROMIUM, reportPageFile('machine.js')].filter((file) => !existsSync(file));
if (missing.length > 0) process.stderr.write(`SKIPPED: pages that compute: no ${missing.join(', no ')}\n`);

const memcg = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [programFile(), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });

describe.skipIf(missing.length > 0)('a page that computes', { timeout: 120_000 }, () => {
  const { folder, browser } = browserWithFolder('live');
  let wrong: readonly string[] = [];

  /** The page of this command, once for all that ask for it. */
  function pageOf(name: string, ...command: readonly string[]): string {
    const file = join(folder, `${name}.html`);
    if (!existsSync(file)) memcg('replay', ...command, '--html', file);
    return file;
  }
  const npm = (): string => pageOf('npm', NPM, '--limit', '700M');
  const dd = (): string => pageOf('dd', 'fixtures/rfc-dd.memcg');

  /** Opens it, and waits until its machine is warm. */
  async function opened(file: string, fragment = '', width = 1280): Promise<Page> {
    const page = await browser().newPage({ viewport: { width, height: 900 }, hasTouch: width < 500 });
    wrong = complaintsOf(page);
    await page.goto(`file://${file}${fragment}`);
    await expect.poll(() => page.locator('.state').innerText(), WAIT).toMatch(/^computed in \d+ ms$/);
    return page;
  }
  const WAIT = { timeout: 60_000 };

  const slider = (page: Page, name: RegExp): Locator => page.getByRole('slider', { name });
  const row = (page: Page, n = 0): Promise<string> => page.locator('tbody tr').nth(n).innerText();

  async function json(page: Page, run = 0): Promise<string> {
    await page.locator('details').evaluate((details) => details.setAttribute('open', ''));
    const download = page.waitForEvent('download', WAIT);
    await page.getByRole('button', { name: 'figures as JSON' }).nth(run).click();
    return readFileSync(await (await download).path(), 'utf8');
  }

  it('is one file below 2 MB, and has the figures of the command line to the byte', async () => {
    expect(readFileSync(npm()).length).toBeLessThan(2_000_000);
    const marks = 'limit:/default=600M&0-0.high:/default=560M&0-0.low:/default=540M';
    const page = await opened(npm(), `#0-0.${marks}&0-0.policy=memory.high&0-0.seed=7`);
    const there = memcg(
      'replay',
      NPM,
      '--json',
      '--seed',
      '7',
      '--policy',
      'memory.high',
      '--limit',
      '600M',
      '--high',
      '560M',
      '--low',
      '540M',
    );
    expect(await json(page)).toBe(there);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('has a script with marks of its own run with those that are dragged there', async () => {
    const page = await opened(dd());
    const grip = slider(page, /^start/);
    const box = await grip.boundingBox();
    if (box === null) throw new Error('no line of high');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 5, y + 60, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(() => page.url(), WAIT)
      .toMatch(/#0-0\.limit:\/dd=64M&0-0\.high:\/dd=\d+[KM]&0-0\.low:\/dd=\d+[KM]$/);
    const high = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('0-0.high:/dd') ?? '';
    const low = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('0-0.low:/dd') ?? '';
    await expect.poll(() => page.locator('.words').innerText(), WAIT).toContain(high);
    const shown = await page.locator('tbody td').nth(1).innerText();
    expect(await grip.getAttribute('aria-valuetext')).toBe(shown);
    const text = readFileSync(join(ROOT, 'fixtures/rfc-dd.memcg'), 'utf8');
    const file = join(folder, 'rfc-dd.memcg');
    const other = text
      .replace(/(high_wmark_in_bytes[ =])56M/, `$1${high}`)
      .replace(/(low_wmark_in_bytes[ =])48M/, `$1${low}`);
    writeFileSync(file, other);
    let there = '';
    try {
      there = memcg('replay', '--json', file);
    } catch (error) {
      // Its expectations are for other marks.
      there = (error as { stdout: string }).stdout;
    }
    expect((await json(page)).replaceAll('fixtures/rfc-dd.memcg', file)).toBe(there);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('is worked by the keyboard alone, until it stalls, and back', async () => {
    const page = await opened(npm());
    const limit = slider(page, /^limit/);
    await expect.poll(() => row(page)).toMatch(/\b700M\b/);
    await limit.focus();
    for (let i = 0; i < 2; i++) await page.keyboard.press('PageDown');
    await expect.poll(() => page.locator('.health').innerText(), WAIT).toMatch(/^! (STALLING|THRASHING)/);
    await expect.poll(() => page.locator('.try').innerText()).toMatch(/^try (set|write) default/);
    expect(await limit.evaluate((element) => element === document.activeElement)).toBe(true);
    // Start and stop have come down with the limit.
    expect(await slider(page, /^stop/).getAttribute('aria-valuetext')).toMatch(/^\d{3}M$/);
    await page.close();
  });

  it('has a knob for each mark where all are at the limit, and tells of them as everywhere', async () => {
    const page = await opened(npm(), '#0-0.limit:/default=600M&0-0.high:/default=600M&0-0.low:/default=600M');
    for (const name of ['limit', 'start', 'stop'])
      expect(await slider(page, new RegExp(`^${name}`)).getAttribute('aria-valuetext')).toBe('600M');
    const box = await slider(page, /^limit/).boundingBox();
    if (box === null) throw new Error('no line of the limit');
    const [x, y] = [box.x + box.width - 24, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 30, { steps: 3 });
    await page.mouse.up();
    await expect
      .poll(() => page.locator('.run-name').innerText(), WAIT)
      .toMatch(/^limit 600M, start \d+M, stop \d+M$/);
    expect(await slider(page, /^start/).getAttribute('aria-valuetext')).not.toBe('600M');
    await page.close();
  });

  it('is worked by a finger on a phone, and nothing there is wider than the screen', async () => {
    const page = await opened(npm(), '', 390);
    const grip = slider(page, /^limit/);
    await grip.scrollIntoViewIfNeeded();
    const box = await grip.boundingBox();
    if (box === null) throw new Error('no line of the limit');
    const before = await grip.getAttribute('aria-valuetext');
    const touch = await page.context().newCDPSession(page);
    const at = (dy: number) => [{ x: box.x + box.width / 2, y: box.y + box.height / 2 + dy }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    for (const dy of [10, 30, 50])
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(dy) });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => page.url()).toContain('limit:/default=');
    expect(await grip.getAttribute('aria-valuetext')).not.toBe(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.evaluate(misplaced, { height: 6, apart: true })).toEqual([]);
    await page.close();
  });

  it('sets two settings side by side, and a link says what was seen', async () => {
    const page = await opened(dd());
    await page.getByText('a second setting beside it').click();
    await page.getByRole('button', { name: 'set another beside' }).click();
    await expect.poll(() => page.locator('tbody tr').count(), WAIT).toBe(2);
    await page.locator('select[name=disk]').nth(1).selectOption('hard');
    await expect.poll(() => row(page, 1), WAIT).toContain('disk hard');
    const link = page.url();
    const [first, second] = [await row(page), await row(page, 1)];
    await page.close();
    const again = await opened(dd(), new URL(link).hash);
    await expect.poll(() => row(again, 1), WAIT).toBe(second);
    expect(await row(again)).toBe(first);
    await again.getByText('a second setting beside it').click();
    await again.getByRole('button', { name: 'remove' }).click();
    await expect.poll(() => again.locator('tbody tr').count(), WAIT).toBe(1);
    expect(wrong).toEqual([]);
    await again.close();
  });

  it('says so where it carries nothing, and is as ever', async () => {
    const shown = {
      ...(await replayed('hysteresis')),
      carry: 'the recording is too large to be carried by a page',
    };
    const file = join(folder, 'large.html');
    writeFileSync(file, await renderFile('html', [shown]));
    const page = await browser().newPage();
    await page.goto(`file://${file}`);
    await page.waitForSelector('.chart svg');
    expect(await page.locator('main').innerText()).toContain(
      "Marks can't be moved on this page: the recording is too large",
    );
    expect(await page.getByRole('slider').count()).toBe(0);
    await page.close();
  });
});
