import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs a file of dist with the code that V8 made of it when it was built, which is kept beside it:
 * to compile it anew, as happens where V8 is another one, takes longer than to run a short script.
 */
export function load<T>(filename: string): { exports: T; keepCode: () => void } {
  const code = filename.replace(/cjs$/, 'code');
  const cachedData = readIfThere(code);
  // ASCII, as the bundler writes it.
  const script = new Script(readFileSync(filename, 'latin1'), {
    filename,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} as T };
  // What is run with code of an earlier time can't import by itself: it is handed how.
  const importLate = (name: string): Promise<unknown> => import(resolve(dirname(filename), name));
  // All that it asks for at once is Node's.
  const run = script.runInThisContext();
  run(module.exports, process.getBuiltinModule, module, filename, dirname(filename), importLate);
  return { exports: module.exports, keepCode: () => writeFileSync(code, script.createCachedData()) };
}

/** A function around a module, such as require() makes; with the name under which it finds import(). */
export const wrapped = (text: string): string =>
  `(function(exports,require,module,__filename,__dirname,importLate){${text.replaceAll(/\bimport\((?=")/g, 'importLate(')}\n})`;

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
