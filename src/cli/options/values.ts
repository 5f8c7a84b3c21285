import { Mistake } from '../../script/mistake.ts';
import { STDIN } from '../../script/script-files.ts';
import type { Word } from '../../script/words.ts';

/** What commands that run scripts do with what commander gives them. */

/** What `read` answers, or the Mistake that it throws. */
export function orMistake<T>(read: () => T): T | Mistake {
  try {
    return read();
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

/** An option's value, null where it is not given. Throws a Mistake that names the option. */
export function optional<T>(option: string, text: string | undefined, read: (word: Word) => T): T | null {
  if (text === undefined) return null;
  const value = orMistake(() => read({ text, column: 0 }));
  if (value instanceof Mistake) throw new Mistake(`${option}: ${value.message}`, 0);
  return value;
}

/** Throws a Mistake where `--boot` and `--bare` can't be meant. */
export function checkBooting({ boot, bare }: { readonly boot?: string; readonly bare?: boolean }): void {
  if (boot === STDIN) throw new Mistake('--boot takes a file', 0);
  if (bare && boot !== undefined) throw new Mistake('--bare boots without a script, --boot with one', 0);
}
