import { pagesOf } from '../../kernel/units.ts';
import type { Resident } from '../../mm/types.ts';
import { type Entry, entry } from '../entry.ts';
import { CGROUP, TEXT, whole } from '../kinds.ts';
import { Mistake } from '../mistake.ts';
import { flag, type Kind, one, option, several, word } from '../signature.ts';
import { readSize } from '../values.ts';

/** Real processes: lines that a mount writes, with what it saw of the world. */

/** Linux's greatest; what is above are the machine's own. */
const PID = whole(1, 4_194_304);

/** anon=SIZE, file=SIZE or shmem=SIZE. */
const RESIDENT: Kind<Partial<Resident>> = word('assignment', ({ text, column }) => {
  const match = /^(anon|file|shmem)=(.*)$/.exec(text);
  if (match === null) {
    throw new Mistake(`'${text}' is not anon=SIZE, file=SIZE or shmem=SIZE`, column);
  }
  const size = readSize({ text: match[2], column: column + match[1].length + 1 });
  return { [match[1]]: pagesOf(size) };
});

const all = (given: readonly Partial<Resident>[]): Partial<Resident> => Object.assign({}, ...given);

const comm = option('--name', TEXT, 'NAME', null, 'what it is called');

const resident = several(RESIDENT, 'KIND=SIZE', { optional: true });

export const PROCESSES: readonly Entry[] = [
  entry({
    word: 'adopt',
    family: 'processes',
    summary:
      'let a real process join a cgroup, or move it there; what it holds already stays charged elsewhere',
    example: 'adopt 4711 default --name python3 anon=8M',
    parts: {
      pid: one(PID, 'PID'),
      cgroup: one(CGROUP, 'CGROUP'),
      base: resident,
      comm,
      start: option('--start', whole(0, Number.MAX_SAFE_INTEGER), 'TICKS', null, 'when it was started'),
      parent: option('--parent', PID, 'PID', null, 'it is a child of this one, and shares what that held'),
    },
    build: ({ base, ...values }) => ({ name: 'adopt', ...values, base: all(base) }),
  }),
  entry({
    word: 'proc',
    family: 'processes',
    summary:
      'a sample of a real process: what is new is charged, what is gone uncharged (kinds: anon, file, shmem)',
    example: 'proc 4711 anon=28M file=4M shmem=0',
    parts: {
      pid: one(PID, 'PID'),
      seen: resident,
      noWait: flag('--no-wait', "don't wait until all is charged"),
    },
    build: ({ pid, seen, noWait }) => ({ name: 'proc', pid, seen: all(seen), wait: !noWait }),
  }),
  entry({
    word: 'exec',
    family: 'processes',
    summary: 'a real process runs another program: all its memory is new from now on',
    example: 'exec 4711 --name python3',
    parts: { pid: one(PID, 'PID'), comm },
    build: (values) => ({ name: 'exec', ...values }),
  }),
  entry({
    word: 'exit',
    family: 'processes',
    summary: 'a real process is gone',
    example: 'exit 4711',
    parts: { pid: one(PID, 'PID') },
    build: (values) => ({ name: 'exit', ...values }),
  }),
];
