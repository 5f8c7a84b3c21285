import { expect, it } from 'vitest';
import { Heir } from '../../../src/workload/record/inherited-io.ts';

const io = (read: number, written = 0) => ({ read, written, fetched: 0, dirtied: 0 });
const NONE = io(0);

it('what a child did is found again in what its parent gained', () => {
  const heir = new Heir();
  heir.expect(io(100, 7), false);
  expect(heir.settle(io(150, 7))).toEqual(NONE);
  expect(heir.waiting).toEqual([]);
});

it('a child that its parent waits for a little later is not lost', () => {
  const heir = new Heir();
  heir.expect(io(100), false);
  expect(heir.settle(io(3))).toEqual(NONE);
  expect(heir.settle(io(101))).toEqual(NONE);
});

it('a child that nobody waits for is kept as it was last seen', () => {
  const heir = new Heir();
  heir.expect(io(100, 5), false);
  heir.settle(io(3));
  expect(heir.settle(io(4))).toEqual(io(100, 5));
  expect(heir.waiting).toEqual([]);
});

it('what one child accounts for is not taken for another', () => {
  const heir = new Heir();
  heir.expect(io(100), false);
  heir.expect(io(80), false);
  heir.settle(io(120));
  expect(heir.waiting).toMatchObject([io(80)]);
});

it('a child that ended before its parent was looked at is in what that gained already', () => {
  const heir = new Heir();
  heir.settle(io(150, 7));
  heir.expect(io(100, 7), true);
  expect(heir.waiting).toEqual([]);
  heir.expect(io(60), true);
  expect(heir.waiting).toMatchObject([io(60)]);
});

it('what was gained in a look before the last is no longer anybody’s', () => {
  const heir = new Heir();
  heir.settle(io(150));
  heir.settle(io(0));
  heir.expect(io(100), true);
  expect(heir.waiting).toMatchObject([io(100)]);
});
