import { deserialize, serialize } from 'node:v8';
import type { SavedMachine } from '../../machine/machine.ts';

/**
 * Saved machines, kept small: the large arrays are cut into blocks, and a block
 * that is as it was in the state before is that very block. Most pages of a
 * machine do not change from one state to the next.
 */

const BLOCK = 16 << 10;

type Big = Int32Array | Uint16Array | Uint8Array;

interface FrozenArray {
  readonly kind: 'i32' | 'u16' | 'u8';
  readonly bytes: number;
  readonly blocks: readonly Uint8Array[];
}

export interface Frozen {
  /** The state without its large arrays. */
  readonly rest: Uint8Array;
  readonly arrays: readonly FrozenArray[];
}

/** Takes the saved machine apart: it can't be used any more. */
export function freeze(saved: SavedMachine, before: Frozen | null): Frozen {
  const holders = bigArrays(saved);
  const arrays = holders.map(({ array }, i) => cut(array, before?.arrays[i]?.blocks ?? []));
  for (const { take } of holders) take(new Int32Array());
  return { rest: serialize(saved), arrays };
}

export function thaw({ rest, arrays }: Frozen): SavedMachine {
  const saved = deserialize(rest) as SavedMachine;
  for (const [i, { take }] of bigArrays(saved).entries()) take(joined(arrays[i]));
  return saved;
}

/** Every piece of memory that it holds. */
export const piecesOf = ({ rest, arrays }: Frozen): Uint8Array[] => [
  rest,
  ...arrays.flatMap(({ blocks }) => blocks),
];

interface Holder {
  readonly array: Big;
  readonly take: (array: Big) => void;
}

/** Those that grow with the machine's memory. */
function bigArrays({ state }: SavedMachine): Holder[] {
  const { frames, lru, tables, swap } = state.mm;
  const { slot, flags, memcg, freed } = frames;
  const inside = (holder: object, arrays: Readonly<Record<string, Big>>): Holder[] =>
    Object.entries(arrays).map(([name, array]) => ({
      array,
      take: (other) => Object.assign(holder, { [name]: other }),
    }));
  return [
    ...inside(frames, { slot, flags, memcg, freed }),
    ...inside(lru, { place: lru.place, places: lru.places }),
    ...inside(tables, { slots: tables.slots, young: tables.young }),
    ...inside(swap, { frame: swap.frame, slot: swap.slot }),
  ];
}

function cut(array: Big, before: readonly Uint8Array[]): FrozenArray {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const blocks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; at += BLOCK, i += 1) {
    const block = bytes.subarray(at, at + BLOCK);
    const known = before[i];
    const same = known !== undefined && Buffer.compare(known, block) === 0;
    blocks.push(same ? known : block.slice());
  }
  const kind = array instanceof Int32Array ? 'i32' : array instanceof Uint16Array ? 'u16' : 'u8';
  return { kind, bytes: bytes.length, blocks };
}

function joined({ kind, bytes, blocks }: FrozenArray): Big {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  if (kind === 'i32') return new Int32Array(whole.buffer);
  return kind === 'u16' ? new Uint16Array(whole.buffer) : whole;
}
