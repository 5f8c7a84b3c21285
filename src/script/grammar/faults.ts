import type { Access } from '../../machine/machine.ts';
import type { FaultCommand } from '../command.ts';
import { type Entry, entry } from '../entry.ts';
import { ERRNO, FILE, orAll, whole } from '../kinds.ts';
import { Misshapen, Mistake } from '../mistake.ts';
import { flag, type Kind, maybe, one, option, word } from '../signature.ts';

/** Faults on demand, for who tests what a program does then. */

const ACCESS: Kind<Access> = word('access', ({ text, column }) => {
  if (text !== 'read' && text !== 'write') throw new Mistake(`'${text}' is not read or write`, column);
  return text;
});

const MANY = Number.MAX_SAFE_INTEGER;

export const FAULTS: readonly Entry[] = [
  entry({
    word: 'fault',
    family: 'faults',
    summary: 'let the next read or write of a control file answer an errno; it changes nothing',
    example: 'fault limit_in_bytes EBUSY --times 2 --on write',
    parts: {
      file: maybe(FILE, 'FILE', null),
      errno: maybe(ERRNO, 'ERRNO', null),
      on: option('--on', ACCESS, 'read|write', null, 'only these (default: both)'),
      after: option('--after', whole(0, MANY), 'N', 0, 'so many succeed first'),
      times: option('--times', orAll(whole(1, MANY)), 'N|all', 1, 'so many, or all, instead of the next one'),
      clear: flag('--clear', "take FILE's faults off, or all"),
    },
    build: ({ file, errno, clear, ...how }, column): FaultCommand => {
      if (clear) {
        if (errno !== null) throw new Mistake('--clear takes a FILE alone', column);
        return { name: 'fault', does: 'clear', file };
      }
      if (file === null || errno === null)
        throw new Misshapen(`${file === null ? 'FILE' : 'ERRNO'} is missing`, column);
      return { name: 'fault', does: 'set', file, fault: { errno, ...how } };
    },
  }),
  entry({
    word: 'faults',
    family: 'faults',
    summary: 'list the faults that are set',
    example: 'faults',
    parts: {},
    build: () => ({ name: 'faults' }),
  }),
  entry({
    word: 'attempt',
    family: 'faults',
    summary: 'count a read or a write that a mount carries out, against the faults of the file',
    example: 'attempt limit_in_bytes read',
    parts: { file: one(FILE, 'FILE'), access: one(ACCESS, 'read|write') },
    build: (values) => ({ name: 'attempt', ...values }),
  }),
];
