import type { Command } from '../command.ts';
import { type Entry, entry } from '../entry.ts';
import { AWAITED, DATA_FILE, orAll, PAGES, TIME } from '../kinds.ts';
import { Mistake } from '../mistake.ts';
import { flag, one, option } from '../signature.ts';

/** Time, and what belongs to no cgroup. */

export const TIME_AND_WORLD: readonly Entry[] = [
  entry({
    word: 'wait',
    family: 'time',
    summary: "wait for a time, for the end of a task's behaviour, or until a condition holds",
    example: "wait 'usage_in_bytes <= 48M' --within 1s",
    parts: {
      awaited: one(AWAITED, "TIME|TASK|'FILE OP VALUE'"),
      within: option('--within', TIME, 'TIME', null, 'how long the condition has'),
    },
    build: ({ awaited, within }, column): Command => {
      if (awaited.for !== 'condition') {
        if (within !== null) throw new Mistake('--within belongs to a condition', column);
        return { name: 'wait', ...awaited };
      }
      if (within === null) {
        throw new Mistake('a condition that is waited for takes --within TIME: it may never hold', column);
      }
      return { name: 'wait', ...awaited, within };
    },
  }),
  entry({
    word: 'at',
    family: 'time',
    summary: 'wait until so long after the machine was booted',
    example: 'at 10s',
    parts: {
      time: one(TIME, 'TIME'),
      late: flag('--late', 'go on at once if that time is over'),
    },
    build: ({ time, late }) => ({ name: 'at', time, ...(late && { late }) }),
  }),
  entry({
    word: 'drop',
    family: 'world',
    summary: "drop a file's clean page cache, or every file's",
    example: 'drop all',
    parts: { file: one(orAll(DATA_FILE), 'FILE|all') },
    build: (values) => ({ name: 'drop', ...values }),
  }),
  entry({
    word: 'sync',
    family: 'world',
    summary: 'write all dirty pages to the disk',
    example: 'sync',
    parts: {},
    build: () => ({ name: 'sync' }),
  }),
  entry({
    word: 'truncate',
    family: 'world',
    summary: 'cut a file to a size',
    example: 'truncate data.img 0',
    parts: { file: one(DATA_FILE, 'FILE'), pages: one(PAGES, 'SIZE') },
    build: (values) => ({ name: 'truncate', ...values }),
  }),
];
