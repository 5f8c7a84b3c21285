import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Tuned } from '../../../src/tune/analysis/findings.ts';
import { analyse } from '../../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import { renderTune } from '../../../src/tune/report/render.ts';
import type { Sweep, Trial } from '../../../src/tune/sweep.ts';
import { browserWithFolder, CHROMIUM, complaintsOf, misplaced } from '../../support/browser.ts';
import { landscape, stalled, sweep, trial, variety } from '../made-sweeps.ts';

/** The page of `memcg tune` in a real browser. */

const missing = !existsSync(CHROMIUM);
if (missing) process.stderr.write(`SKIPPED: the page of memcg tune in a browser: no ${CHROMIUM}\n`);

const tuned = (trials: readonly Trial[], changes: Partial<Sweep> = {}): Tuned => {
  const made = sweep(trials, changes);
  return { sweep: made, findings: analyse(made, DEFAULT_OBJECTIVE) };
};

describe.skipIf(missing)('the page, in a browser,', { timeout: 120_000 }, () => {
  const { folder, browser } = browserWithFolder('tune-page');
  let context: BrowserContext;
  let wrong: readonly string[] = [];

  /** Whatever the page complains about or asks for is in `wrong`. */
  async function opened(
    all: readonly Tuned[],
    { colorScheme = 'light' as 'light' | 'dark', width = 1280 } = {},
  ): Promise<Page> {
    const file = join(folder, 'tune.html');
    writeFileSync(file, await renderTune('html', all));
    context = await browser().newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    wrong = complaintsOf(page);
    await page.goto(`file://${file}`);
    return page;
  }

  const column = (page: Page, index: number): Promise<string[]> =>
    page.locator(`.trials tbody tr:visible td:nth-child(${index})`).allInnerTexts();

  it('answers first, offline and without complaint', async () => {
    const page = await opened([tuned(variety())]);
    expect(await page.locator('.answer').innerText()).toContain('the longest → nobody waits');
    const numbers = await page.locator('.numbers .large').allInnerTexts();
    expect(numbers.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      '24 ms → none',
      '0 → 10',
      '12 ms',
      '96M / 95M',
    ]);
    expect(await page.locator('.trials tbody tr').count()).toBe(7);
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('sorts its table by any column, both ways', async () => {
    const page = await opened([tuned(variety())]);
    const before = await column(page, 1);
    await page.getByRole('button', { name: 'stalls', exact: true }).click();
    expect(await column(page, 10)).toEqual(['0', '0', '0', '0', '0', '40', '1,200']);
    await page.getByRole('button', { name: 'stalls', exact: true }).click();
    expect((await column(page, 10)).slice(0, 2)).toEqual(['1,200', '40']);
    await page.getByRole('button', { name: 'rank' }).click();
    expect(await column(page, 1)).toEqual(before);
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('shows the trade-off alone', async () => {
    const page = await opened([tuned(variety())]);
    await page.getByRole('checkbox').check();
    expect(await column(page, 10)).toEqual(['0', '40', '1,200']);
    await page.getByRole('checkbox').uncheck();
    expect(await column(page, 10)).toHaveLength(7);
    await context.close();
  });

  it('says what a point is that is pointed at, and shows it in both pictures and the table', async () => {
    const page = await opened([tuned(variety())]);
    await page.locator('figure:nth-child(2) .dot[data-t="0"]').hover();
    const tip = page.locator('.tip');
    await tip.waitFor();
    expect(await tip.innerText()).toContain('start at 96.0M, stop at 95.0M (recommended)');
    expect(await tip.innerText()).toContain('CPU, ms: 12.0');
    expect(await page.locator('.dot.lit').count()).toBe(2);
    expect(await page.locator('tr.lit').count()).toBe(1);
    await page.mouse.move(2, 2);
    await tip.waitFor({ state: 'hidden' });
    expect(await page.locator('.lit').count()).toBe(0);
    await context.close();
  });

  it('copies commands', async () => {
    const page = await opened([tuned(variety())]);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('.command button').first().click();
    await page.getByText('copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'memcg set default low_wmark_in_bytes=97280K high_wmark_in_bytes=98304K \\\n  limit_in_bytes=102400K',
    );
    await context.close();
  });

  it('begins with all scripts where there are several, and leads to each', async () => {
    const page = await opened([
      tuned(variety()),
      tuned([trial(90, 80, { oomKills: 1 })], { script: 'killed.memcg' }),
      tuned(variety(), { script: 'half.memcg', partial: 'interrupted' }),
    ]);
    expect(await page.locator('h1').innerText()).toBe('Watermarks for 3 workloads');
    expect(await page.locator('main > div tbody tr').count()).toBe(3);
    await page.getByRole('link', { name: 'half.memcg' }).click();
    expect(await page.locator('#script-3').boundingBox()).toMatchObject({ y: expect.any(Number) });
    expect(await page.locator('.partial').allInnerTexts()).toEqual([
      'Partial: interrupted. More trials may change every line.',
    ]);
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('is dark where the system is', async () => {
    const page = await opened([tuned(variety())], { colorScheme: 'dark' });
    const colours = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector('.dot.r-fine') as Element).fill,
    ]);
    expect(colours).toEqual(['rgb(13, 17, 23)', 'rgb(54, 214, 180)']);
    await context.close();
  });

  it.each([1280, 1920, 600])('needs no scrolling sideways at %i px', async (width) => {
    const page = await opened([tuned(landscape(150)), tuned(variety(), { script: 'b.memcg' })], { width });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  });

  it.each<[string, () => Tuned]>([
    ['all regions', () => tuned(landscape(140))],
    ['all regions, finely', () => tuned(landscape(400, { burst: 8, floor: 60 }))],
    ['a few trials', () => tuned(variety())],
    ['one trial', () => tuned([trial(90, 80)])],
    ['stalls alone', () => tuned([trial(90, 80, stalled(4)), trial(95, 80, stalled(9))])],
    ['a small limit', () => tuned(landscape(100, { limit: 12, floor: 4, burst: 0.2 }))],
  ])('lets no text of its pictures cover another: %s', async (_, make) => {
    const page = await opened([make()]);
    expect(await page.evaluate(misplaced, { height: 7, apart: true })).toEqual([]);
    expect(wrong).toEqual([]);
    await context.close();
  });
});
