import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { exactArguments, lastArguments } from '../../src/cli/argv.ts';
import { encodeText } from '../../src/kernel/text.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('arguments', () => {
  test('that are UTF-8 are taken as Node gives them', () => {
    const argv = ['mkdir', 'Grüße', 'a\nb'];
    expect(exactArguments(argv)).toBe(argv);
  });

  test('that are not UTF-8 keep their bytes', () => {
    const raw = bytes('/usr/bin/node\0memcg\0mkdir\0', [0x66, 0xff, 0xfe], '\0');
    const words = lastArguments(raw, 2);
    expect(words?.[0]).toBe('mkdir');
    expect([...encodeText(words?.[1] ?? '')]).toEqual([0x66, 0xff, 0xfe]);
  });

  test('that are empty are counted', () => {
    expect(lastArguments(bytes('node\0x\0\0\0'), 2)).toEqual(['', '']);
  });

  test('are not guessed at when the system tells of fewer', () => {
    expect(lastArguments(bytes('node\0x\0'), 3)).toBeNull();
    expect(lastArguments(bytes('node\0x'), 1)).toBeNull();
  });

  test.runIf(process.platform === 'linux')('of a real process survive a shell', () => {
    const script = `import { exactArguments } from './src/cli/argv.ts';
      import { encodeText } from './src/kernel/text.ts';
      console.log(exactArguments(process.argv.slice(1)).map((each) => Buffer.from(encodeText(each)).toString('hex')).join());`;
    const line = `"$0" --import tsx --input-type=module -e "$1" -- "$(printf '\\377a')" b`;
    const { stdout, stderr } = spawnSync('sh', ['-c', line, process.execPath, script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('ff61,62\n');
  });
});
