import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Asked, explored } from '../../src/explore/findings.ts';
import { pageOf } from '../../src/explore/report/html.ts';
import { browserWithFolder, CHROMIUM, complaintsOf } from '../support/browser.ts';

if (!existsSync(CHROMIUM)) process.stderr.write(`SKIPPED: runs of explore in a browser: no ${CHROMIUM}\n`);

const ASKED: Asked = { model: 'sc', variant: new Set(), tasks: null, steps: null, reduce: true };

describe.skipIf(!existsSync(CHROMIUM))('the page of a run, in a browser', { timeout: 120_000 }, () => {
  const { folder, browser } = browserWithFolder('explore');

  it('is stepped through by its buttons and by the arrow keys, each run for itself, without complaint', async () => {
    const file = join(folder, 'rmdir.html');
    writeFileSync(file, pageOf(explored('rmdir', ASKED)));
    const page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    const wrong = complaintsOf(page);
    await page.goto(`file://${file}`);
    const run = page.locator('.run').first();
    const shown = () => run.locator('tbody tr:not(.later)').count();
    const says = () => run.locator('output').innerText();
    expect([await shown(), await says()]).toEqual([25, '25 of 25']);
    await run.locator('.first').click();
    expect([await shown(), await says()]).toEqual([0, '0 of 25']);
    await run.locator('.back').click();
    await run.locator('.on').click();
    await run.locator('.on').click();
    expect([await shown(), await says()]).toEqual([2, '2 of 25']);
    await run.press('ArrowRight');
    expect(await says()).toBe('3 of 25');
    expect(await run.locator('tr.now').innerText()).toContain('atomic_read(&cgrp->count)');
    await run.press('ArrowLeft');
    expect(await says()).toBe('2 of 25');
    await run.locator('.all').click();
    await run.press('ArrowRight');
    expect(await says()).toBe('25 of 25');
    expect(await page.locator('.run').nth(1).locator('output').innerText()).toBe('31 of 31');
    expect(wrong).toEqual([]);
    await page.close();
  });
});
