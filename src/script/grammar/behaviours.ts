import { pages, pagesOf } from '../../kernel/units.ts';
import type { BehaviourWords } from '../command.ts';
import { type Entry, entry } from '../entry.ts';
import { DATA_FILE, FORMAT, orAll, PAGES, PATH, PATTERN, RATE, SIZE, TIME, whole } from '../kinds.ts';
import { Mistake } from '../mistake.ts';
import { suggestion } from '../nearest.ts';
import { flag, one, option, type Words } from '../signature.ts';
import { pageAt } from '../values.ts';

/** What `run` and `start` can make a task do. */

const rate = option('--rate', RATE, 'SIZE/s', null, 'no faster than this');
const TIMES = whole(1, Number.MAX_SAFE_INTEGER);
/** What cp(1) and cat(1) move by one read(2). */
const READ_SIZE = 128 * 1024;

export const BEHAVIOURS: readonly Entry<BehaviourWords>[] = [
  entry({
    word: 'alloc',
    family: 'behaviours',
    summary: 'allocate anonymous memory and touch each of its pages once',
    example: 'run hog alloc 32M',
    parts: { pages: one(PAGES, 'SIZE') },
    build: (values): BehaviourWords => ({ kind: 'alloc', ...values }),
  }),
  entry({
    word: 'free',
    family: 'behaviours',
    summary: 'free anonymous memory, the last allocated first',
    example: 'run hog free 8M',
    parts: { pages: one(orAll(PAGES), 'SIZE|all') },
    build: (values): BehaviourWords => ({ kind: 'free', ...values }),
  }),
  entry({
    word: 'touch',
    family: 'behaviours',
    summary: 'touch the memory that was allocated or mapped',
    example: 'run hog touch all --pattern zipf=0.99 --for 10ms',
    parts: {
      pages: one(orAll(PAGES), 'SIZE|all'),
      pattern: option(
        '--pattern',
        PATTERN,
        'PATTERN',
        { kind: 'seq' } as const,
        'seq, random, zipf=T or hot=S%:T%',
      ),
      times: option('--times', TIMES, 'N', null, 'so many times over'),
      forTime: option('--for', TIME, 'TIME', null, 'for so long'),
      write: flag('--write', 'make the pages dirty'),
      rate,
    },
    build: (values, column): BehaviourWords => {
      if (values.times !== null && values.forTime !== null) {
        throw new Mistake('touch goes on for so many --times or --for so long, not both', column);
      }
      return { kind: 'touch', ...values, times: values.forTime === null ? (values.times ?? 1) : null };
    },
  }),
  entry({
    word: 'stream',
    family: 'behaviours',
    summary: 'read or write a file through the page cache',
    example: 'run reader stream data.img 512M --times 2',
    parts: {
      file: one(DATA_FILE, 'FILE'),
      size: one(SIZE, 'SIZE'),
      write: flag('--write', 'write it'),
      random: flag('--random', 'its pages in random order'),
      times: option('--times', TIMES, 'N', 1, 'so many times over'),
      rate,
      at: option('--at', SIZE, 'OFFSET', 0, 'from here on'),
      block: option('--bs', SIZE, 'SIZE', READ_SIZE, 'bytes moved by one read or write (128K)'),
      noReadahead: flag('--no-readahead', 'read nothing ahead'),
    },
    build: ({ size, at, block, noReadahead, ...values }, column): BehaviourWords => {
      if (block === 0) throw new Mistake('--bs takes a size above 0', column);
      if (at + size > Number.MAX_SAFE_INTEGER) throw new Mistake('the file would be too large', column);
      const first = pageAt(at);
      const count = size === 0 ? pages(0) : pages(pagesOf(at + size) - first);
      return {
        kind: 'stream',
        ...values,
        pages: count,
        at: first,
        block: pagesOf(block),
        readahead: !noReadahead,
      };
    },
  }),
  entry({
    word: 'map',
    family: 'behaviours',
    summary: 'mmap the beginning of a file and touch each of its pages once',
    example: 'run reader map lib.so 16M',
    parts: { file: one(DATA_FILE, 'FILE'), pages: one(PAGES, 'SIZE') },
    build: (values): BehaviourWords => ({ kind: 'map', ...values }),
  }),
  entry({
    word: 'trace',
    family: 'behaviours',
    summary: 'replay recorded page accesses, at their recorded times',
    example: 'run reader trace trace.oracleGeneral --asap',
    parts: {
      path: one(PATH, 'PATH'),
      format: option('--format', FORMAT, 'F', null, "when the file's name does not tell"),
      asap: flag('--asap', 'as fast as the machine goes'),
    },
    build: (values): BehaviourWords => ({ kind: 'trace', ...values }),
  }),
  entry({
    word: 'sleep',
    family: 'behaviours',
    summary: 'do nothing for a while',
    example: 'start reader sleep 100ms',
    parts: { time: one(TIME, 'TIME') },
    build: (values): BehaviourWords => ({ kind: 'sleep', ...values }),
  }),
];

const BY_WORD: ReadonlyMap<string, Entry<BehaviourWords>> = new Map(
  BEHAVIOURS.map((each) => [each.word, each]),
);

/** A behaviour's word and all that follows it. */
export function readBehaviour(words: Words): BehaviourWords {
  const { text, column } = words.next('BEHAVIOUR');
  const behaviour = BY_WORD.get(text);
  if (behaviour !== undefined) return behaviour.parse(words, column);
  const known = [...BY_WORD.keys()];
  throw new Mistake(
    `'${text}' is nothing a task can do (${known.join(', ')})${suggestion(text, known)}`,
    column,
  );
}
