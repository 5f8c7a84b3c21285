import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * What dist/replay-program.js is: it runs replay-program.cjs with the code that V8 made of it
 * when it was built. To compile it anew, as happens where V8 is another one, takes longer than
 * to run a short script.
 */

const beside = (extension: string): string =>
  fileURLToPath(new URL(`./replay-program.${extension}`, import.meta.url));

const filename = beside('cjs');
const cachedData = codeIfKept();
// A function such as require() puts around a module, on the same line. What is run with code of
// an earlier time can't import by itself: it is handed how.
const head = '(function(exports,require,module,__filename,importLate){';
const script = new Script(`${head}${readFileSync(filename, 'utf8')}\n})`, {
  filename,
  ...(cachedData !== null && { cachedData }),
});
const module = { exports: {} as typeof import('../src/cli/replay-program.ts') };
const importLate = (name: string): Promise<unknown> => import(name);
script.runInThisContext()(module.exports, createRequire(filename), module, filename, importLate);

export const { run } = module.exports;

/** Keeps what V8 has compiled so far, for the next time. */
export function keepCode(): void {
  writeFileSync(beside('code'), script.createCachedData());
}

function codeIfKept(): Buffer | null {
  try {
    return readFileSync(beside('code'));
  } catch {
    return null;
  }
}
