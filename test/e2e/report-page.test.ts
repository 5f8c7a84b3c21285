import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Shown } from '../../src/report/picture/shown.ts';
import { type ReportKind, renderFile } from '../../src/report/report.ts';
import { reportPageFile } from '../../src/script/package-files.ts';
import { linesRan, manyCgroups, replayed, replayedTwice } from '../report/real-runs.ts';
import { browserWithFolder, CHROMIUM, complaintsOf, misplaced } from '../support/browser.ts';

/** Reports in a real browser. */

const missing = [CHROMIUM, reportPageFile('page.js')].filter((file) => !existsSync(file));
if (missing.length > 0) process.stderr.write(`SKIPPED: reports in a browser: no ${missing.join(', no ')}\n`);

describe.skipIf(missing.length > 0)('in a browser', { timeout: 120_000 }, () => {
  const { folder, browser } = browserWithFolder('report');
  let wrong: readonly string[] = [];

  /** Opens a report; whatever the page complains about or asks for is in `wrong`. */
  async function opened(
    kind: ReportKind,
    all: readonly Shown[],
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Page> {
    const file = join(folder, `report.${kind}`);
    writeFileSync(file, await renderFile(kind, all));
    const page = await browser().newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    wrong = complaintsOf(page);
    await page.goto(`file://${file}`);
    return page;
  }

  const readout = (page: Page, run: number): Promise<string> =>
    page.locator(`#chart-0-0-${run}-readout`).innerText();

  describe('a page', () => {
    it('draws its charts offline and without complaint', async () => {
      const page = await opened('html', [await replayedTwice('rfc-dd')]);
      await page.waitForSelector('#chart-0-0-1 svg');
      expect(await page.locator('.chart svg').count()).toBe(2);
      expect(await page.locator('.verdict').innerText()).toContain('limit failures 3,584 → 0');
      expect(await page.locator('tbody tr').count()).toBe(2);
      expect(wrong).toEqual([]);
      await page.close();
    });

    it('says what was so at the instant that is pointed at, in all runs', async () => {
      const page = await opened('html', [await replayedTwice('rfc-dd')]);
      const box = await page.locator('#chart-0-0-0 .over').boundingBox();
      if (box === null) throw new Error('no plot');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await expect
        .poll(() => readout(page, 0))
        .toMatch(/^1\.\d{6} s · usage [45]\d(\.\d+)?M.* · limit 64M · start 56M · stop 48M/);
      expect(await readout(page, 1)).toMatch(/^1\.\d{6} s · usage 64M · .*\d+ limit failures near/);
      await page.close();
    });

    it('zooms all runs by dragging, and back by a double click', async () => {
      const page = await opened('html', [await replayedTwice('rfc-dd')]);
      const box = await page.locator('#chart-0-0-0 .over').boundingBox();
      if (box === null) throw new Error('no plot');
      const instant = async (): Promise<number> => {
        await page.mouse.move(box.x + 10, box.y + 50);
        await page.mouse.move(box.x + box.width - 5, box.y + 50);
        return Number.parseFloat(await readout(page, 1));
      };
      const before = await instant();
      await page.mouse.move(box.x + box.width * 0.1, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.2, box.y + 60, { steps: 4 });
      await page.mouse.up();
      await expect.poll(instant).toBeLessThan(before / 3);
      await page.mouse.dblclick(box.x + 50, box.y + 50);
      await expect.poll(instant).toBeCloseTo(before, 1);
      await page.close();
    });

    it('switches runs off and on', async () => {
      const page = await opened('html', [await replayedTwice('rfc-dd')]);
      const width = async (): Promise<number> =>
        (await page.locator('#chart-0-0-0').boundingBox())?.width ?? 0;
      const before = await width();
      await page.getByRole('checkbox', { name: 'without' }).uncheck();
      await expect.poll(() => page.locator('#chart-0-0-1').isVisible()).toBe(false);
      await expect.poll(width).toBeGreaterThan(before * 1.5);
      expect(await page.locator('tbody tr:visible').count()).toBe(1);
      await page.getByRole('checkbox', { name: 'without' }).check();
      await expect.poll(width).toBeCloseTo(before, 0);
      expect(wrong).toEqual([]);
      await page.close();
    });

    it('is dark where the system is', async () => {
      const page = await opened('html', [await replayed('hysteresis')], 'dark');
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper).toBe('rgb(13, 17, 23)');
      await page.close();
    });

    it('opens with thirty cgroups, below 2 MB', async () => {
      const shown = await linesRan(manyCgroups(30));
      expect((await renderFile('html', [shown])).length).toBeLessThan(2_000_000);
      const page = await opened('html', [shown]);
      await page.waitForSelector('.chart svg', { state: 'attached' });
      await page.locator('#chart-0-29-0').scrollIntoViewIfNeeded();
      await page.waitForSelector('#chart-0-29-0 svg');
      expect(wrong).toEqual([]);
      await page.close();
    });
  });

  describe('a picture', () => {
    it.each<[string, () => Promise<Shown>]>([
      ['rfc-dd, compared', () => replayedTwice('rfc-dd')],
      ['hysteresis', () => replayed('hysteresis')],
      ['oom', () => replayed('oom')],
      ['spinning, compared', () => replayedTwice('spinning')],
      ['streaming', () => replayed('streaming')],
      ['thirty cgroups', () => linesRan(manyCgroups(30))],
    ])('of %s has no text over another', async (_, make) => {
      const page = await opened('svg', [await make()]);
      expect(await page.evaluate(misplaced, { height: 6, apart: false })).toEqual([]);
      expect(wrong).toEqual([]);
      await page.close();
    });

    it('has another paper where the system is dark', async () => {
      const shown = [await replayed('hysteresis')];
      const colours: string[] = [];
      for (const scheme of ['light', 'dark'] as const) {
        const page = await opened('svg', shown, scheme);
        colours.push(
          await page.evaluate(() => getComputedStyle(document.querySelector('.paper') as Element).fill),
        );
        await page.close();
      }
      expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
    });
  });
});
