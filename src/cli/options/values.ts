import { Mistake } from '../../script/mistake.ts';
import type { Word } from '../../script/words.ts';
import type { Speed } from '../../session/protocol.ts';

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

/** `2`, `0.5`, `10x`, `max`; null for anything else. */
export function speedIn(text: string): Speed | null {
  if (text === 'max') return 'max';
  const digits = /^(\d+(?:\.\d+)?)x?$/.exec(text);
  const found = digits === null ? 0 : Number(digits[1]);
  return found > 0 && Number.isFinite(found) ? found : null;
}
