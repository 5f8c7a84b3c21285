import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Lines of ink 6.8 as ink 7 and 8 have them, which need Node 22: this goes with them. It keeps the size of
 * every text that it has ever measured, which for a dashboard is 100 MiB in an hour; and with a line feed
 * behind the last row it draws what has changed a row too low.
 */
export const mendedInk: Plugin = {
  name: 'mended-ink',
  setup({ onLoad }) {
    for (const [file, was, is] of [
      [
        'measure-text',
        'cache.set(text, dimensions);',
        'if (cache.size >= 4096) cache.clear(); cache.set(text, dimensions);',
      ],
      [
        'log-update',
        'ansiEscapes.cursorUp(previousVisible - 1)',
        'ansiEscapes.cursorUp(previousLines.length - 1)',
      ],
      // What is bundled has no use for them.
      ['reconciler', 'if (isDev()) {', 'if (false) {'],
    ] as const) {
      onLoad({ filter: new RegExp(`[\\\\/]ink[\\\\/]build[\\\\/]${file}\\.js$`) }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(was)) throw new Error(`${path} is another one: does it need to be mended?`);
        return { contents: source.replace(was, is) };
      });
    }
  },
};
