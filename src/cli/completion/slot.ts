import type { Entry } from '../../script/entry.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import type { ArgumentKind, Option, Signature } from '../../script/signature.ts';
import { entryFor } from '../../script/vocabulary.ts';

/** What can stand where the cursor is. */
export interface Slot {
  readonly kind: ArgumentKind | 'operator' | 'nothing';
  /** As a usage line names it. */
  readonly label: string;
  readonly choices: readonly string[];
  /** Options that can stand here. */
  readonly options: readonly Option<unknown>[];
}

const NOTHING: Slot = { kind: 'nothing', label: '', choices: [], options: [] };

/** What can follow these words; the first is a word of the language. */
export function slotAfter(words: readonly string[]): Slot {
  const [first, ...rest] = words;
  const entry = entryFor(first);
  return entry === null ? { ...NOTHING, kind: 'command' } : slotIn(entry.signature, rest);
}

function slotIn({ arguments: args, options }: Signature, words: readonly string[]): Slot {
  let next = 0;
  let closed = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const option = closed ? undefined : options.find(({ flag }) => flag === word);
    if (option !== undefined) {
      if (option.kind === null) continue;
      if (at + 1 === words.length) return { ...NOTHING, kind: option.kind, label: option.label };
      at += 1;
      continue;
    }
    const argument = args[next];
    if (argument === undefined) return NOTHING;
    if (argument.kind === 'behaviour') return within(BEHAVIOURS, word, words.slice(at + 1));
    if (argument.kind === 'command') return slotAfter(words.slice(at));
    if (argument.last) closed = true;
    if (argument.kind === 'condition' && !isWhole(word)) {
      const left = words.length - at;
      if (left === 1) return { ...NOTHING, kind: 'operator', options: closed ? [] : options };
      if (left === 2) return { ...NOTHING, kind: 'size' };
      at += 2;
    }
    if (!argument.repeated) next += 1;
  }
  const argument = args[next];
  const open = closed ? [] : options;
  if (argument === undefined) return { ...NOTHING, options: open };
  return { kind: argument.kind, label: argument.label, choices: argument.choices, options: open };
}

/** `usage_in_bytes <= 48M` as one word, a time, or a task: not the first of three words. */
const isWhole = (word: string): boolean => /[\s<>=!]/.test(word) || /^[0-9]/.test(word);

function within<T>(entries: readonly Entry<T>[], word: string, rest: readonly string[]): Slot {
  const entry = entries.find((each) => each.word === word);
  return entry === undefined ? NOTHING : slotIn(entry.signature, rest);
}
