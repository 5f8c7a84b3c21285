import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** Reports in a real browser. */

export const CHROMIUM = '/usr/bin/chromium';
const LAUNCH: LaunchOptions = {
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** For the tests of a `describe`: a browser, once it is up, and a folder for its pages, until they are through. */
export function browserWithFolder(name: string): {
  readonly folder: string;
  readonly browser: () => Browser;
} {
  const folder = mkdtempSync(join(tmpdir(), `memcg-${name}-`));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(LAUNCH);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  return { folder, browser: () => browser };
}

/** What the page complains about, or asks for beyond itself, from now on. */
export function complaintsOf(page: Page): string[] {
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => wrong.push(message.text()));
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) wrong.push(request.url());
  });
  return wrong;
}

/**
 * Pairs of texts in pictures that cover each other by more than `height` px (boxes hold the room for accents, too),
 * each `svg` apart or wherever they are; and texts that stand out of the window. Runs in the page.
 */
export function misplaced({ height, apart }: { height: number; apart: boolean }): string[] {
  const boxes = [...document.querySelectorAll('svg text')]
    .map((text) => ({
      text: text.textContent ?? '',
      picture: text.closest('svg'),
      box: text.getBoundingClientRect(),
    }))
    .filter(({ box }) => box.width > 0);
  const outside = boxes.filter(({ box }) => box.left < 0 || box.right > document.documentElement.clientWidth);
  const covered = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => {
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const together = !apart || a.picture === b.picture;
      return together && across > 1 && down > height ? [`${a.text} | ${b.text}`] : [];
    }),
  );
  return [...covered, ...outside.map(({ text }) => `outside: ${text}`)];
}
