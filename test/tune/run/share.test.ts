import { expect, test } from 'vitest';
import { Mistake } from '../../../src/script/mistake.ts';
import { parseShare } from '../../../src/tune/run/share.ts';

test('a share is I/N, counted from 1', () => {
  expect(parseShare('3/8')).toEqual({ index: 3, of: 8 });
  expect(parseShare('1/1')).toEqual({ index: 1, of: 1 });
});

test.each([
  ['', 'a share is I/N, as in 3/8: the third of eight'],
  ['3', 'a share is I/N, as in 3/8: the third of eight'],
  ['3/8/2', 'a share is I/N, as in 3/8: the third of eight'],
  ['-1/8', 'a share is I/N, as in 3/8: the third of eight'],
  ['0/8', 'shares of 8 are counted from 1 to 8 (of 0 to 7, add 1)'],
  ['9/8', 'shares of 8 are counted from 1 to 8 (of 0 to 7, add 1)'],
  ['1/0', 'there are 1 to 100000 shares'],
])('--shard %j is a mistake', (text, why) => {
  expect(parseShare(text)).toEqual(new Mistake(`--shard ${text}: ${why}`, 0));
});
