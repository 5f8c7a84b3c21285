import fc from 'fast-check';
import type { Ending } from './sim-disk.ts';

/** What happens in a life of a session, one after the other. */
export type Step =
  /** A writer sends a line, and does not wait. */
  | { readonly do: 'ask'; readonly writer: number; readonly line: string }
  /** Wall time goes by, ms. */
  | { readonly do: 'pass'; readonly ms: number }
  /** The process, or the system, ends in the midst of so many changes of the disk from here. */
  | { readonly do: 'end'; readonly ending: Ending; readonly changes: number; readonly chance: number }
  | {
      readonly do: 'flip';
      readonly of: 'journal' | 'state';
      readonly file: number;
      readonly share: number;
      readonly bit: number;
    }
  /** The disk has so much room, bytes; null: enough. */
  | { readonly do: 'room'; readonly bytes: number | null }
  | { readonly do: 'slow'; readonly ms: number }
  | { readonly do: 'fail'; readonly syncs: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'hang up'; readonly writer: number }
  /** The server is ended as it should. */
  | { readonly do: 'leave'; readonly by: 'down' | 'SIGTERM' }
  /** Another server is booted for the same session. */
  | { readonly do: 'rival' };

export interface Life {
  /** Answers wait for the disk. */
  readonly sync: boolean;
  readonly seed: number;
  readonly steps: readonly Step[];
}

export const WRITERS = 3;

const SHARE = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const which = fc.nat(2);
const line = fc.oneof(
  fc.nat(5).map((n) => `mkdir /g${n}`),
  which.map((n) => `rmdir /g${n}`),
  fc.tuple(which, fc.nat(4)).map(([n, k]) => `write /g${n}/memory.limit_in_bytes ${k + 1}M`),
  fc.tuple(which, which).map(([n, g]) => `spawn t${n} /g${g}`),
  fc.tuple(which, which).map(([n, f]) => `start t${n} stream f${f} 256K`),
  fc.tuple(which, which).map(([n, f]) => `run t${n} stream f${f} 64K --write`),
  which.map((n) => `stop t${n}`),
  which.map((n) => `kill t${n}`),
  which.map((n) => `attach t${n} /`),
  fc.constantFrom('sync', 'drop all', 'cat /memory.usage_in_bytes', 'wait 3ms'),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('ask' as const), writer: fc.nat(WRITERS - 1), line }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(300) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      ending: fc.constantFrom<Ending>('kill', 'power'),
      changes: fc.nat(12),
      chance: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('flip' as const),
      of: fc.constantFrom('state' as const, 'state' as const, 'journal' as const),
      file: fc.nat(2),
      // The header of a state is short, and its machine long.
      share: fc.oneof(
        SHARE,
        SHARE.map((share) => share / 200),
      ),
      bit: fc.nat(7),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('room' as const), bytes: fc.option(fc.nat(4000)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slow' as const), ms: fc.nat(400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), syncs: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -5000, max: 5000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('hang up' as const), writer: fc.nat(WRITERS - 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('leave' as const),
      by: fc.constantFrom('down' as const, 'SIGTERM' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'rival' as const }) },
);

export const life: fc.Arbitrary<Life> = fc.record({
  sync: fc.boolean(),
  seed: fc.nat(),
  steps: fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
});
