import { expect, it } from 'vitest';
import { memoryIn } from '../../../src/workload/record/referenced.ts';

/** proc_pid_smaps(5), without the lines that say nothing here. */
const mapping = (rss: number, anonymous: number, referenced: number, name: string): string =>
  `55d0c8a00000-55d0c8b00000 rw-p 00001000 08:01 ${name.startsWith('/') ? 1234 : 0}    ${name}
Size: 4096 kB
Rss: ${rss} kB
Referenced: ${referenced} kB
Anonymous: ${anonymous} kB
VmFlags: rd wr
`;

it('tells memory from mapped files, and one from the other, and what was copied on write by its share', () => {
  const files = mapping(80, 0, 8, '/lib/a') + mapping(40, 10, 20, '/lib/b') + mapping(4, 0, 0, '/lib/a');
  const text = mapping(100, 100, 60, '[heap]') + files;
  expect(memoryIn(text)).toMatchObject({
    had: { anon: 110 * 1024, mapped: 114 * 1024 },
    used: { anon: 65 * 1024, mapped: 23 * 1024 },
    mapped: new Map([
      ['/lib/a', 84 * 1024],
      ['/lib/b', 30 * 1024],
    ]),
  });
});
