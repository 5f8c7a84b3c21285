import { describe, expect, test } from 'vitest';
import { isCommandName } from '../../src/cli/command-names.ts';
import { LANGUAGE, readInvocation, TAKES_ANY_TEXT } from '../../src/cli/invocation.ts';
import { VOCABULARY } from '../../src/script/vocabulary.ts';

const NONE = { group: null, session: null, json: false, verbose: false, help: false };

describe('what the way to the server knows of the language', () => {
  test('is every word that a line can begin with', () => {
    const words = VOCABULARY.flatMap(({ word, aliases }) => [word, ...aliases]);
    // `pause` by itself is the session's.
    expect([...LANGUAGE].sort()).toEqual(words.filter((word) => !isCommandName(word)).sort());
  });

  test('is every word whose texts may look like options', () => {
    const words = VOCABULARY.filter(({ signature }) => signature.arguments.some(({ last }) => last));
    expect([...TAKES_ANY_TEXT].sort()).toEqual(words.map(({ word }) => word).sort());
  });
});

describe('a command line', () => {
  test.each([
    [
      'options before the word',
      '-g web --session two cat failcnt',
      { group: 'web', session: 'two' },
      'cat failcnt',
    ],
    [
      'options behind its arguments',
      'cat failcnt -g web --session=two',
      { group: 'web', session: 'two' },
      'cat failcnt',
    ],
    ['options of the language, which stay', 'get -n -v -r failcnt web', {}, 'get -n -v -r failcnt web'],
    ['-v of a write', 'write -v limit_in_bytes 64M', { verbose: true }, 'write limit_in_bytes 64M'],
    ['text that looks like an option', 'write limit_in_bytes -g', {}, 'write limit_in_bytes -g'],
    ['a negative number', 'write low_wmark_in_bytes -1', {}, 'write low_wmark_in_bytes -1'],
    [
      'an operator that begins as -g does',
      'wait usage_in_bytes -gt 4M --within 1s',
      {},
      'wait usage_in_bytes -gt 4M --within 1s',
    ],
    ['words behind --', 'mkdir -- --json -g', {}, 'mkdir -- --json -g'],
    ['standard input', 'write failcnt -', {}, 'write failcnt -'],
    ['a request for help', 'cat --help', { help: true }, 'cat'],
    ['-h of cat, which is human', 'cat -h failcnt', {}, 'cat -h failcnt'],
    ['-h alone', '-h', { help: true }, ''],
    ['nothing', '', {}, ''],
  ])('knows %s', (_, line, options, words) => {
    const split = (text: string): string[] => (text === '' ? [] : text.split(' '));
    expect(readInvocation(split(line))).toEqual({ ...NONE, ...options, words: split(words) });
  });

  test.each([
    ['-g', '-g takes a name'],
    ['--session=', '--session takes a name'],
    ['--sesion x ls', "unknown option '--sesion'"],
  ])('%s is wrong usage', (line, misused) => {
    expect(readInvocation(line.split(' '))).toEqual({ misused });
  });
});
