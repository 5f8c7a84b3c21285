import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFile, reportPageFile } from '../../src/script/package-files.ts';
import { browserWithFolder, CHROMIUM, complaintsOf } from '../support/browser.ts';

/** The playground in a real browser, and what axe-core says of it and of a page that computes. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLAYGROUND = join(ROOT, 'dist/playground.html');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const missing = [CHROMIUM, reportPageFile('machine.js')].filter((file) => !existsSync(file));
if (missing.length > 0) process.stderr.write(`SKIPPED: the playground: no ${missing.join(', no ')}\n`);

describe.skipIf(missing.length > 0)('the playground', { timeout: 120_000 }, () => {
  const { folder, browser } = browserWithFolder('playground');
  const WAIT = { timeout: 60_000 };
  let wrong: readonly string[] = [];
  beforeAll(() => {
    execFileSync('npx', ['tsx', '.build/playground.ts'], { cwd: ROOT });
  }, 120_000);

  async function opened(
    file: string,
    { width = 1280, dark = false, still = false }: { width?: number; dark?: boolean; still?: boolean } = {},
  ): Promise<Page> {
    const page = await browser().newPage({
      viewport: { width, height: 844 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: still ? 'reduce' : 'no-preference',
    });
    wrong = complaintsOf(page);
    await page.goto(`file://${file}`);
    await page.waitForSelector('.chart svg', WAIT);
    return page;
  }

  /** What people can't see, reach or be told: rule and place. */
  async function violations(page: Page): Promise<unknown> {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => [
        id,
        nodes.map(({ html }) => html.slice(0, 120)),
      ]);
    });
  }

  it('shows reclaim start and stop to somebody who only opens it', async () => {
    const page = await opened(PLAYGROUND);
    await expect.poll(() => page.locator('#events').innerText(), WAIT).toContain('the reclaimer woke up');
    await expect.poll(() => page.locator('#events').innerText(), WAIT).toContain('fell asleep');
    expect(await page.locator('.health').first().innerText()).toMatch(/^BACKGROUND ONLY memcontd frees/);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('is worked by the keyboard alone: a lesson, its script, mistakes at their place, time', async () => {
    const page = await opened(PLAYGROUND, { still: true });
    const lesson = page.getByRole('radiogroup', { name: 'lessons' }).getByRole('radio', { checked: true });
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('hysteresis');
    while ((await lesson.inputValue()) !== 'spinning') await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.health').first().innerText(), WAIT).toMatch(/^! SPINNING/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nwirte web/limit_in_bytes 1G');
    await expect
      .poll(() => page.locator('#faults').innerText(), WAIT)
      .toMatch(/^line \d+: unknown command 'wirte'.*write/);
    expect(await page.locator('.cm-lintRange-error').innerText()).toBe('wirte web/limit_in_bytes 1G');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('play');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#events').innerText(), WAIT).toContain('a reclaimer was made');
    expect(await page.locator('.clock').innerText()).toMatch(/ of 1.99 s$/);
    await page.close();
  });

  it('has its lessons as a list, each with what it is about, that stays within a phone', async () => {
    const page = await opened(PLAYGROUND, { width: 390, still: true });
    const lessons = page.getByRole('radiogroup', { name: 'lessons' }).locator('label');
    const texts = await lessons.allInnerTexts();
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) expect(text).toMatch(/^\S+\n+\S.{20}/);
    await lessons.filter({ hasText: 'streaming' }).click();
    await expect.poll(() => page.locator('.cm-content').innerText(), WAIT).toMatch(/^# A streaming reader/);
    await expect.poll(() => page.locator('.health').first().innerText(), WAIT).toContain('memcontd');
    await page.close();
  });

  it("completes words by the keyboard alone: commands, behaviours, and what the script's own lines make", async () => {
    const page = await opened(PLAYGROUND, { still: true });
    for (const key of ['Tab', 'Tab', 'Control+End']) await page.keyboard.press(key);
    for (const [typed, offered, line] of [
      ['spaw', 'spawn', 'spawn'],
      ['start reader str', 'stream', 'start reader stream'],
      ['spawn other /w', '/web', 'spawn other /web'],
    ]) {
      await page.keyboard.press('Enter');
      await page.keyboard.type(typed);
      const option = page.getByRole('option', { name: offered }).first();
      await expect.poll(() => option.getAttribute('aria-selected'), WAIT).toBe('true');
      // Sooner the editor takes an Enter for one that was typed before the words were there.
      await page.waitForTimeout(150);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.cm-line').last().innerText()).toBe(line);
    }
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('writes the marks that are moved in a chart into the script', async () => {
    const page = await opened(PLAYGROUND, { still: true });
    await page.getByRole('slider', { name: /^limit.*\/web/ }).focus();
    await page.keyboard.press('PageUp');
    await expect.poll(() => page.locator('.cm-content').innerText(), WAIT).toMatch(/limit_in_bytes=6[5-9]M/);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it.each([
    { width: 1280, dark: false },
    { width: 1280, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ])('has nothing that axe-core finds, and nothing wider than the screen: %o', async (how) => {
    const page = await opened(PLAYGROUND, { ...how, still: true });
    await expect.poll(() => page.locator('#tree tr').count(), WAIT).toBeGreaterThan(1);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(how.width);
    await page.close();
    const report = join(folder, 'report.html');
    if (!existsSync(report))
      execFileSync(
        process.execPath,
        [programFile(), 'replay', '--compare', 'fixtures/rfc-dd.memcg', '--html', report],
        { cwd: ROOT },
      );
    const live = await opened(report, how);
    await expect.poll(() => live.locator('.state').innerText(), WAIT).toMatch(/computed/);
    await live.locator('details').evaluate((details) => details.setAttribute('open', ''));
    expect(await violations(live)).toEqual([]);
    await live.close();
  });
});
