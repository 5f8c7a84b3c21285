import { ERRNO_TEXT } from '../kernel/errno.ts';
import type { Nanoseconds } from '../kernel/units.ts';
import { type Condition, OPERATOR_WORDS, readCondition, splitCondition } from './condition.ts';
import { Mistake } from './mistake.ts';
import { readCgroup, readFileName } from './paths.ts';
import { type Kind, type Words, word } from './signature.ts';
import {
  readErrno,
  readMode,
  readOwner,
  readPages,
  readPattern,
  readRate,
  readSize,
  readTask,
  readTime,
  readWhole,
} from './values.ts';
import type { Word } from './words.ts';

/** The kinds of arguments that commands have. */

export const CGROUP = word('cgroup', readCgroup);
export const FILE = word('file', (each) => readFileName(each, false));
/** With `:KEY`. */
export const FILE_KEY = word('file', (each) => readFileName(each, true));
export const TASK = word('task', readTask);
export const SIZE = word('size', readSize);
export const PAGES = word('size', readPages);
export const TIME = word('time', readTime);
export const RATE = word('rate', readRate);
export const PATTERN = word('pattern', readPattern, {
  choices: ['seq', 'random', 'zipf=0.99', 'hot=10%:90%'],
});
export const MODE = word('number', readMode);
export const OWNER = word('number', readOwner);
export const ERRNO = word('errno', readErrno, { choices: Object.keys(ERRNO_TEXT) });
export const TEXT = word('text', (each) => each.text, { dashes: true });
export const PATH = word('path', filled('path'));
export const FORMAT = word('format', filled('format'));
/** A file whose pages are cached: any name will do. */
export const DATA_FILE = word('data-file', filled('data-file'));

/** Of a recording: what could not be seen is unknown. */
export const KNOWN = word('known', readKnown, { choices: ['known', 'unknown'] });

function readKnown({ text, column }: Word): 'known' | 'unknown' {
  if (text === 'known' || text === 'unknown') return text;
  throw new Mistake(`'${text}' is neither known nor unknown`, column);
}

function filled(kind: string): (each: { text: string; column: number }) => string {
  return ({ text, column }) => {
    if (text === '') throw new Mistake(`a ${kind} can't be empty`, column);
    return text;
  };
}

export const whole = (least: number, most: number): Kind<number> =>
  word('number', (each) => readWhole(each, least, most), { dashes: least < 0 });

/** Either `all`, read as null, or what `kind` reads. */
export const orAll = <T>(kind: Kind<T>): Kind<T | null> => ({
  ...kind,
  choices: ['all'],
  read: (words) => {
    if (words.peek()?.text !== 'all') return kind.read(words);
    words.next('all');
    return null;
  },
});

/** FILE OP VALUE, as three words or as one. */
export const CONDITION: Kind<Condition> = {
  kind: 'condition',
  read: (words) => {
    const first = words.next('FILE');
    return conditionFrom(first, words) ?? readCondition(first, words.next('OP'), words.next('VALUE'));
  },
};

export type Awaited =
  | { readonly for: 'time'; readonly time: Nanoseconds }
  | { readonly for: 'task'; readonly task: string }
  | { readonly for: 'condition'; readonly condition: Condition };

/** TIME, TASK or a condition. */
export const AWAITED: Kind<Awaited> = {
  kind: 'condition',
  read: (words) => {
    const first = words.next('TIME, TASK or a condition');
    const condition = conditionFrom(first, words);
    if (condition !== null) return { for: 'condition', condition };
    if (/^[0-9.]/.test(first.text)) return { for: 'time', time: readTime(first) };
    if (/[/.:]/.test(first.text)) {
      throw new Mistake(`'${first.text}' is no time and no task: a condition is FILE OP VALUE`, first.column);
    }
    return { for: 'task', task: readTask(first) };
  },
};

/** The condition that begins with this word, or null when it doesn't look like one. */
function conditionFrom(first: Word, words: Words): Condition | null {
  const second = words.peek();
  if (second !== null && OPERATOR_WORDS.includes(second.text)) {
    return readCondition(first, words.next('OP'), words.next('VALUE'));
  }
  return /[\s=<>!]/.test(first.text) ? readCondition(...splitCondition(first)) : null;
}
