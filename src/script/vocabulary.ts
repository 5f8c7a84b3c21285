import type { Command } from './command.ts';
import type { Entry } from './entry.ts';
import { BEHAVIOURS } from './grammar/behaviours.ts';
import { checks } from './grammar/checks.ts';
import { FAULTS } from './grammar/faults.ts';
import { FILES } from './grammar/files.ts';
import { PROCESSES } from './grammar/processes.ts';
import { SCRIPT } from './grammar/script.ts';
import { TASKS } from './grammar/tasks.ts';
import { TIME_AND_WORLD } from './grammar/time.ts';
import { Mistake } from './mistake.ts';
import { suggestion } from './nearest.ts';
import { usageOf, Words } from './signature.ts';
import { splitWords, type Word } from './words.ts';

/** The whole language: every word that a line can begin with. */

export const VOCABULARY: readonly Entry[] = [
  ...FILES,
  ...TASKS,
  ...PROCESSES,
  ...TIME_AND_WORLD,
  ...FAULTS,
  ...checks(parseCommand),
  ...SCRIPT,
];

const BY_WORD: ReadonlyMap<string, Entry> = new Map(
  VOCABULARY.flatMap((entry) => [entry.word, ...entry.aliases].map((name) => [name, entry] as const)),
);

/** The entry for a command word or its alias. */
export const entryFor = (name: string): Entry | null => BY_WORD.get(name) ?? null;

/** `write FILE TEXT`. */
export const usage = <T>(entry: Entry<T>): string => usageOf(entry.word, entry.signature);

/** What a line says: a command, nothing (blank, or a comment), or what is wrong with it. */
export type Parsed =
  | { readonly kind: 'command'; readonly command: Command /** Of its first word. */; readonly column: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mistake'; readonly mistake: Mistake };

const NOTHING: Parsed = { kind: 'nothing' };

export function parseLine(line: string): Parsed {
  return caught(() => {
    const words = splitWords(line);
    return words.length === 0 ? NOTHING : parsed(words);
  });
}

function parsed(words: readonly Word[]): Parsed {
  return { kind: 'command', command: parseCommand(new Words(words)), column: words[0].column };
}

function caught(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Mistake) return { kind: 'mistake', mistake: error };
    throw error;
  }
}

/** Throws a Mistake. */
function parseCommand(words: Words): Command {
  const first = words.next('a command');
  const entry = BY_WORD.get(first.text);
  if (entry === undefined) {
    if (BEHAVIOURS.some((each) => each.word === first.text)) {
      throw new Mistake(`'${first.text}' is what a task does: run TASK ${first.text} ...`, first.column);
    }
    throw new Mistake(
      `unknown command '${first.text}'${suggestion(first.text, BY_WORD.keys())}`,
      first.column,
    );
  }
  return entry.parse(words, first.column);
}
