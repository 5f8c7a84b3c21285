import { expect, test, vi } from 'vitest';
import { candidates } from '../../src/cli/completion/candidates.ts';
import { helpOn } from '../../src/cli/help/topic.ts';
import { filesOf } from '../../src/dashboard/stage/view.ts';
import { done } from '../../src/kernel/errno.ts';
import type { ControlFile } from '../../src/linux-2.6.26/types.ts';
import { Machine } from '../../src/machine/machine.ts';

/** The recipe: an entry where files are registered. Nothing else of src knows of it. */
vi.mock('../../src/linux-2.6.26/files/extra-files.ts', async (original) => {
  const own = await original<typeof import('../../src/linux-2.6.26/files/extra-files.ts')>();
  const peak: ControlFile = {
    name: 'memory.peak_in_pages',
    mode: 0o444,
    about: 'the highest usage so far, in pages',
    kind: 'pages',
    reads: 'a number',
    rule: 'It never falls.',
    initially: '0',
    source: 'a test',
    example: 'cat peak_in_pages',
    read: (_fs, { memcg }) => done(`${memcg.res.maxUsage}\n`),
  };
  return { ...own, EXTRA_FILES: [...own.EXTRA_FILES, peak] };
});

const LOOK = { width: 100, color: false, unicode: true };
const nobody = {
  cgroups: async () => [],
  files: async () => null,
  tasks: async () => [],
  sessions: async () => [],
};
const machine = Machine.boot({});
const PATH = '/memory.peak_in_pages';

test('a file that only its entry knows is listed, read, and refuses writes', () => {
  const listed = machine.list('/');
  expect(listed.ok && listed.value.map(({ name }) => name)).toContain('memory.peak_in_pages');
  expect(machine.read(PATH)).toEqual({ ok: true, value: '0\n' });
  const write = { op: 'write', path: PATH, data: new Uint8Array([49]) } as const;
  expect(machine.perform(write)).toEqual({ ok: false, errno: 'EINVAL', why: 'this file is read only' });
});

test('it has the mode of its entry', () => {
  const dentries = machine.dentries();
  const node = dentries.lookup(dentries.root, 'memory.peak_in_pages');
  expect(node && dentries.stat(node).mode & 0o777).toBe(0o444);
});

test('help tells of it, and completion offers it', async () => {
  expect(helpOn('peak_in_pages', LOOK)).toContain('It never falls.');
  expect(helpOn('files', LOOK)).toContain('The highest usage so far, in pages');
  expect(await candidates(['cat'], 'pe', '/default', nobody)).toEqual(['peak_in_pages']);
});

test('the dashboard shows it, and lets nobody edit it', () => {
  expect(filesOf({ machine }, '/').find(({ name }) => name === 'memory.peak_in_pages')).toEqual({
    name: 'memory.peak_in_pages',
    text: '0\n',
    writable: false,
  });
});
