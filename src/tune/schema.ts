import { type Pages, pages } from '../kernel/units.ts';
import { findPolicy, type Knob } from '../machine/kernels.ts';
import { DEFAULT_OPTIONS, type MachineOptions, optionMistake } from '../machine/machine.ts';
import type { Job } from './job.ts';
import type { Share } from './run/share.ts';
import type { Finished, Measurement, Point, Task } from './sweep.ts';

/**
 * What a queue, a share or a folder holds was written by somebody else: nothing of it is used before it is of the
 * shape that it must have. One schema for all of them.
 */

/** Where it is not, and what should stand there: `job.traces is not ...`. */
export class Malformed extends Error {
  constructor(at: string, what: string) {
    super(`${at} is not ${what}`);
  }
}

/** Answers the value, of its type; throws a Malformed. `at`: where it stands. */
export type Check<T> = (value: unknown, at: string) => T;

const LONGEST_TEXT = 1 << 26;
const MOST_ITEMS = 1 << 16;

export const text =
  (longest = LONGEST_TEXT): Check<string> =>
  (value, at) => {
    if (typeof value === 'string' && value.length <= longest) return value;
    throw new Malformed(at, `a text of at most ${longest} characters`);
  };

const pattern =
  (shape: RegExp, what: string): Check<string> =>
  (value, at) => {
    if (typeof value === 'string' && shape.test(value)) return value;
    throw new Malformed(at, what);
  };

const number =
  (least = 0, most = Number.MAX_SAFE_INTEGER): Check<number> =>
  (value, at) => {
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw new Malformed(at, `a number from ${least} to ${most}`);
  };

const whole =
  (least = 0, most = Number.MAX_SAFE_INTEGER): Check<number> =>
  (value, at) => {
    if (Number.isInteger(number(least, most)(value, at))) return value as number;
    throw new Malformed(at, 'a whole number');
  };

export const only =
  <T>(wanted: T): Check<T> =>
  (value, at) => {
    if (value === wanted) return wanted;
    throw new Malformed(at, `${wanted}`);
  };

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value, at) =>
    value === null ? null : check(value, at);

export const listOf =
  <T>(check: Check<T>, most = MOST_ITEMS): Check<T[]> =>
  (value, at) => {
    if (!Array.isArray(value) || value.length > most) throw new Malformed(at, `a list of at most ${most}`);
    return value.map((each, i) => check(each, `${at}[${i}]`));
  };

function entriesOf(value: unknown, at: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed(at, 'an object');
  const entries = Object.entries(value);
  if (entries.length > MOST_ITEMS) throw new Malformed(at, `an object of at most ${MOST_ITEMS}`);
  return entries;
}

export const mapOf =
  <T>(check: Check<T>, name: Check<string> = text(4096)): Check<Readonly<Record<string, T>>> =>
  (value, at) =>
    Object.fromEntries(
      entriesOf(value, at).map(([key, each]) => [name(key, `a name in ${at}`), check(each, `${at}.${key}`)]),
    );

type Shape<T> = { readonly [K in keyof T]-?: Check<T[K]> };

/** All of `shape`, and nothing else; those named in `optional` may be missing. */
export const objectOf =
  <T extends object>(shape: Shape<T>, optional: readonly (keyof T & string)[] = []): Check<T> =>
  (value, at) => {
    const isKnown = (name: string): name is keyof T & string => Object.hasOwn(shape, name);
    const made: Record<string, unknown> = {};
    // In the order in which they stand there: what is the same is told by its JSON.
    for (const [name, each] of entriesOf(value, at)) {
      if (!isKnown(name)) throw new Malformed(`${at}.${name}`, 'known');
      if (each !== undefined) made[name] = shape[name](each, `${at}.${name}`);
    }
    for (const name of Object.keys(shape) as (keyof T & string)[])
      if (!Object.hasOwn(made, name) && !optional.includes(name)) shape[name](undefined, `${at}.${name}`);
    return made as T;
  };

export const sha256 = pattern(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
const policy: Check<string> = (value, at) => {
  if (typeof value === 'string' && findPolicy(value) !== undefined) return value;
  throw new Malformed(at, 'the name of a policy');
};
const count: Check<Pages> = (value, at) => pages(whole(0, 2 ** 40)(value, at));
const time = number(0, Number.MAX_VALUE);
export const line = text(4096);

/** A path whose last part can be the name of a file in a folder of one's own. */
const path: Check<string> = (value, at) => {
  const name = line(value, at).split('/').at(-1);
  if (name !== '' && name !== '.' && name !== '..' && !line(value, at).includes('\0')) return value as string;
  throw new Malformed(at, 'the path of a file');
};

const options: Check<Partial<MachineOptions>> = (value, at) => {
  const given = entriesOf(value, at);
  for (const [name, each] of given) {
    const usual = (DEFAULT_OPTIONS as unknown as Record<string, unknown>)[name];
    const isLike = Array.isArray(usual) ? Array.isArray(each) : typeof each === typeof usual && each !== null;
    if (!Object.hasOwn(DEFAULT_OPTIONS, name) || !isLike)
      throw new Malformed(`${at}.${name}`, 'an option of machines');
  }
  const made = Object.fromEntries(given) as Partial<MachineOptions>;
  const mistake = optionMistake({ ...DEFAULT_OPTIONS, ...made });
  if (mistake !== null) throw new Malformed(at, `what a machine can be: ${mistake}`);
  return made;
};

const point: Check<Point> = objectOf<Point>(
  {
    policy,
    limit: count,
    high: count,
    low: count,
    seed: whole(0, 2 ** 32 - 1),
    variant: whole(1, 2 ** 16),
    knobs: listOf(objectOf<Knob>({ file: line, value: line }), 16),
    mostWaited: time,
  },
  ['variant', 'knobs', 'mostWaited'],
);

export const measurement: Check<Measurement> = objectOf<Measurement>(
  {
    stalls: time,
    stallTotal: time,
    stallP50: time,
    stallP99: time,
    stallMax: time,
    limitFailures: time,
    cpu: time,
    wakeups: time,
    passes: time,
    zeroPasses: time,
    scanned: time,
    reclaimed: time,
    refaults: orNull(time),
    swapIn: time,
    swapOut: time,
    oomKills: time,
    peak: count,
    floor: orNull(count),
    elapsed: time,
    error: orNull(text(1 << 16)),
    stopped: time,
  },
  ['stopped'],
);

/** A run of a job of so many scripts. */
export const taskOf = (scripts: number): Check<Task> =>
  objectOf<Task>({ script: whole(0, scripts - 1), point });

export const finished: Check<Finished> = objectOf<Finished>({
  script: whole(0, MOST_ITEMS),
  point,
  measurement,
});

export const job: Check<Job> = objectOf<Job>(
  {
    scripts: listOf(objectOf({ name: line, sha256, memory: count, policy })),
    texts: mapOf(text()),
    traces: mapOf(sha256, path),
    boot: orNull(line),
    bootOfOthers: line,
    group: line,
    options,
    warmup: time,
    copies: mapOf(line),
  },
  ['bootOfOthers', 'copies'],
);

const MOST_SHARES = 100_000;
export const share: Check<Share> = objectOf<Share>({
  index: whole(1, MOST_SHARES),
  of: whole(1, MOST_SHARES),
});

/** A text of JSON that is of that shape; a Malformed, as the end of a sentence, where it is not. */
export function parsed<T>(check: Check<T>, json: string, at: string): T | Malformed {
  try {
    return checked(check, JSON.parse(json), at);
  } catch (error) {
    if (error instanceof SyntaxError) return new Malformed(at, 'JSON');
    throw error;
  }
}

/** A value of that shape; else why it is not. */
export function checked<T>(check: Check<T>, value: unknown, at: string): T | Malformed {
  try {
    return check(value, at);
  } catch (error) {
    if (error instanceof Malformed) return error;
    throw error;
  }
}
