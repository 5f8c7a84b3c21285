import { type Entry, entry } from '../entry.ts';
import { PATH, TEXT } from '../kinds.ts';
import { OPTION, optionsFrom } from '../options.ts';
import { one, several } from '../signature.ts';

/** What concerns the script itself. */

export const SCRIPT: readonly Entry[] = [
  entry({
    word: 'machine',
    family: 'script',
    summary: 'the machine to boot, as the first command of a script',
    example: 'machine cpus=4 memory=8G swap=1G cost.scan=80ns',
    parts: { given: several(OPTION, 'OPTION=VALUE') },
    build: ({ given }) => ({ name: 'machine', options: optionsFrom(given) }),
  }),
  entry({
    word: 'print',
    family: 'script',
    summary: 'print a line',
    example: 'print now the limit',
    parts: { words: several(TEXT, 'TEXT', { optional: true, last: true }) },
    build: ({ words }) => ({ name: 'print', text: words.join(' ') }),
  }),
  entry({
    word: 'pause',
    family: 'script',
    summary: 'print a line, and where a script is played (replay --watch) wait there until it is to go on',
    example: 'pause what will happen now?',
    parts: { words: several(TEXT, 'TEXT', { last: true }) },
    build: ({ words }) => ({ name: 'pause', text: words.join(' ') }),
  }),
  entry({
    word: 'include',
    family: 'script',
    summary: 'run the lines of another script here; its path is relative to this one',
    example: 'include marks.memcg',
    parts: { path: one(PATH, 'PATH') },
    build: (values) => ({ name: 'include', ...values }),
  }),
];
