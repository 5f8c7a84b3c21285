import { describe, expect, test } from 'vitest';
import { ns } from '../../../src/kernel/units.ts';
import { POLLERR, POLLIN, POLLPRI } from '../../../src/mount/server/polls.ts';
import { Folder, run } from '../../session/sessions.ts';
import { Kernel } from '../kernel.ts';

const bootNewer = (folder: Folder): Promise<Kernel> =>
  Kernel.boot(folder.path, undefined, null, { machine: ['kernel=6.1'] });
const [EBUSY, EINVAL] = [16, 22];

describe('poll(2) through a mount', () => {
  test('of cgroup.events tells until it is read, then when somebody has come or gone, and of the end of it', async () => {
    using folder = new Folder();
    const kernel = await bootNewer(folder);
    const { polls } = kernel.filesystem;
    await run(kernel.session, 'mkdir web');
    const handle = await kernel.open('web/cgroup.events', 0);
    expect(await kernel.poll(handle)).toBeGreaterThan(POLLERR | POLLPRI);
    expect(await kernel.read(handle)).toBe('populated 0\nfrozen 0\n');
    expect((await kernel.poll(handle, 7)) & (POLLERR | POLLPRI)).toBe(0);
    expect(polls.due()).toEqual([]);
    await run(kernel.session, 'spawn t web');
    expect([polls.due(), polls.due()]).toEqual([[7], []]);
    expect((await kernel.poll(handle, 7)) & POLLPRI).toBe(POLLPRI);
    expect(await kernel.read(handle)).toBe('populated 1\nfrozen 0\n');
    expect((await kernel.poll(handle)) & (POLLIN | POLLPRI)).toBe(POLLIN);
    await run(kernel.session, 'mkdir gone');
    const gone = await kernel.open('gone/cgroup.events', 0);
    await kernel.read(gone);
    await run(kernel.session, 'rmdir gone');
    expect((await kernel.poll(gone)) & POLLERR).toBe(POLLERR);
  });

  test('of cgroup.events tells whoever asks until it is read, also when all is as it was again', async () => {
    using folder = new Folder();
    const kernel = await bootNewer(folder);
    await run(kernel.session, 'mkdir web');
    const handle = await kernel.open('web/cgroup.events', 0);
    await kernel.read(handle);
    await run(kernel.session, 'write web/cgroup.freeze 1');
    expect((await kernel.poll(handle)) & POLLPRI).toBe(POLLPRI);
    await run(kernel.session, 'write web/cgroup.freeze 0');
    expect((await kernel.poll(handle)) & POLLPRI).toBe(POLLPRI);
    expect(await kernel.read(handle)).toBe('populated 0\nfrozen 0\n');
    expect((await kernel.poll(handle)) & POLLPRI).toBe(0);
  });

  test('of a file that tells of no events is always ready', async () => {
    using folder = new Folder();
    const kernel = await bootNewer(folder);
    const handle = await kernel.open('default/memory.max');
    expect((await kernel.poll(handle, 7)) & (POLLIN | POLLPRI | POLLERR)).toBe(POLLIN);
    expect(kernel.filesystem.polls.isAwaited).toBe(false);
  });

  test('of memory.pressure tells by the trigger that was written to it, of which it takes one', async () => {
    using folder = new Folder();
    const kernel = await bootNewer(folder);
    const handle = await kernel.open('default/memory.pressure');
    expect((await kernel.poll(handle)) & POLLERR).toBe(POLLERR);
    expect(await kernel.write(handle, 'some 1 2')).toBe(EINVAL);
    expect(await kernel.write(handle, 'some 1000 500000')).toBe(0);
    expect(await kernel.write(handle, 'some 1000 500000')).toBe(EBUSY);
    expect((await kernel.poll(handle, 7)) & (POLLPRI | POLLERR)).toBe(0);
    for (const line of ['write default/memory.max 8M', 'spawn t', 'start t stream f 64M --times 100'])
      await run(kernel.session, line);
    const woken: number[] = [];
    for (let steps = 0; steps < 100 && woken.length === 0; steps += 1) {
      await kernel.session.live.step(ns(20e6), new AbortController().signal);
      woken.push(...kernel.filesystem.polls.due());
    }
    expect(woken).toEqual([7]);
    expect((await kernel.poll(handle)) & (POLLPRI | POLLERR)).toBe(POLLPRI);
    expect((await kernel.poll(handle)) & POLLPRI).toBe(0);
  });
});
