import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK, blockOf, Layout, maskOf, PC, REGISTERS, SHARED_NAMES, V } from '../../src/explore/state.ts';
import { StateTable } from '../../src/explore/state-table.ts';

describe('a packed state', () => {
  test('is what it was, in every number that may change; the others are as in the beginning', () => {
    const changing = maskOf(['usage', 'refs', 'thread', 'queued0', 'broken']);
    const layout = (initial: Int32Array) =>
      new Layout(
        initial,
        changing,
        [
          { lines: 20, registers: [7, 2] },
          { lines: 5, registers: [] },
        ],
        false,
      );
    const numbers = fc.record({
      ...{ usage: fc.nat(15), refs: fc.nat(15), thread: fc.nat(2), queued0: fc.nat(1), limit: fc.nat(15) },
      ...{ place: fc.nat(20), left: fc.nat(7), answer: fc.nat(2), other: fc.nat(5) },
    });
    fc.assert(
      fc.property(numbers, (given) => {
        const initial = new Int32Array(SHARED_NAMES.length + 2 * BLOCK);
        initial[V.limit] = given.limit;
        const state = initial.slice();
        for (const name of ['usage', 'refs', 'thread', 'queued0'] as const) state[V[name]] = given[name];
        state.set([given.place, given.left, given.answer], blockOf(0));
        state[blockOf(1) + PC] = given.other;
        const packed = new Int32Array(layout(initial).words);
        layout(initial).pack(state, packed);
        const again = new Int32Array(state.length);
        layout(initial).unpack(packed, again);
        expect([...again]).toEqual([...state]);
        expect(packed.length).toBe(1 + Number(layout(initial).bits > 32));
      }),
    );
    expect(REGISTERS).toBe(2);
  });
});

describe('the table of states', () => {
  test('numbers keys in the order in which they came, each once, like a Map', () => {
    const key = fc.tuple(fc.integer(), fc.nat(3));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 3000 }), (keys) => {
        const table = new StateTable(2);
        const expected = new Map<string, number>();
        for (const each of keys) {
          if (!expected.has(each.join())) expected.set(each.join(), expected.size);
          expect(table.add(Int32Array.from(each))).toBe(expected.get(each.join()));
        }
        expect(table.size).toBe(expected.size);
        const read = new Int32Array(2);
        for (const [text, number] of expected) {
          table.read(number, read);
          expect(read.join()).toBe(text);
          expect(table.numberOf(read)).toBe(number);
        }
        expect(table.numberOf(Int32Array.from([1, 4]))).toBe(-1);
      }),
      { numRuns: 20 },
    );
  });
});
