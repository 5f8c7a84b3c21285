import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../src/dashboard/app/keys.ts';

const NONE: Key = {
  ...{
    upArrow: false,
    downArrow: false,
    leftArrow: false,
    rightArrow: false,
    pageDown: false,
    pageUp: false,
  },
  ...{ home: false, end: false, return: false, escape: false, ctrl: false, shift: false, tab: false },
  ...{
    backspace: false,
    delete: false,
    meta: false,
    super: false,
    hyper: false,
    capsLock: false,
    numLock: false,
  },
};

describe('keys by their names', () => {
  test.each<[string, string, Partial<Key>, string[]]>([
    ['a character', 'a', {}, ['a']],
    ['a capital', 'G', { shift: true }, ['G']],
    ['several that came at once', 'jj\r:q\r', {}, ['j', 'j', 'return', ':', 'q', 'return']],
    ['a character of several code points', '👍🏽', {}, ['👍🏽']],
    ['an arrow', '', { upArrow: true }, ['up']],
    ['an arrow with Shift', '', { leftArrow: true, shift: true }, ['shift-left']],
    ['a Tab back', '', { tab: true, shift: true }, ['shift-tab']],
    ['Escape, which is Alt too', '', { escape: true, meta: true }, ['escape']],
    ['a control character', 'l', { ctrl: true }, ['ctrl-l']],
    ['control characters within a piece', 'a\x03\x7f\x1a', {}, ['a', 'ctrl-c', 'backspace', 'ctrl-z']],
    ['DEL, which ink takes for Delete', '', { delete: true }, ['backspace']],
    ['nothing with Alt', 'x', { meta: true }, []],
  ])('%s', (_, input, key, names) => {
    expect(keysOf(input, { ...NONE, ...key })).toEqual(names);
  });
});
