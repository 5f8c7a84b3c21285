import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { gatherJob } from '../../src/tune/gather-job.ts';
import { kernelOf } from '../../src/tune/job.ts';
import { Folder } from '../session/sessions.ts';
import { jobOf, sources } from './jobs.ts';

describe('a job', () => {
  test('holds the texts of scripts, of all that they include, and of the boot scripts', async () => {
    using folder = new Folder();
    writeFileSync(folder.at('main.memcg'), 'include part.memcg\n');
    writeFileSync(folder.at('part.memcg'), 'spawn a\n');
    const main = folder.at('main.memcg');
    const job = await jobOf('', { scripts: [main] });
    expect(job.texts[main]).toBe('include part.memcg\n');
    expect(job.texts[folder.at('part.memcg')]).toBe('spawn a\n');
    expect(Object.keys(job.texts)).toHaveLength(4);
  });

  test('knows the memory of the machine that a script asks for', async () => {
    const { scripts } = await jobOf('machine memory=64M\nspawn a\n');
    expect(scripts[0].memory).toBe(pages(16384));
  });

  test('tells scripts apart by what they include and by the traces that they read', async () => {
    using folder = new Folder();
    const main = folder.at('main.memcg');
    const trace = folder.at('t.csv');
    writeFileSync(main, 'include part.memcg\nspawn a\nrun a trace t.csv --asap\n');
    const hashes = new Set<string>();
    for (const [part, size] of [
      ['print a\n', 4096],
      ['print b\n', 4096],
      ['print b\n', 8192],
    ]) {
      writeFileSync(folder.at('part.memcg'), `${part}`);
      writeFileSync(trace, `time,op,size,offset\n0,read,${size},0\n`);
      const job = await jobOf('', { scripts: [main] });
      hashes.add(job.scripts[0].sha256);
      expect(job.traces[trace]).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(hashes.size).toBe(3);
  });

  test.each([
    ['limit', 'write limit_in_bytes 64M'],
    ['high', 'write default/high_wmark_in_bytes 8M'],
    ['several', 'set default low_wmark_in_bytes=8M'],
    ['a refused one', 'fails EINVAL write high_wmark_in_bytes 1G'],
    ['another policy has', 'write memory.high 8M'],
    ['the reclaimer', 'write reclaimd stop'],
  ])('is refused when a script sets %s itself, and says where', async (_, line) => {
    const fault = await gatherJob(sources(`spawn a\n${line}\n`));
    expect(fault).toMatchObject({ kind: 'mistake', file: '-', line: 2 });
    expect(fault).toHaveProperty('message', expect.stringContaining('which tune is to find'));
  });

  test('lets a script make the group that is to be tuned', async () => {
    const job = await gatherJob(sources('mkdir web\nspawn a web\n', { group: '/web' }));
    expect(job).toMatchObject({ group: '/web' });
  });

  test('knows the kernel that its scripts run on, and boots by it', async () => {
    const job = await jobOf('machine kernel=6.1\nspawn a\n');
    expect(kernelOf(job)).toBe('6.1');
    expect(job.boot).toMatch(/boot-linux-6\.1\.memcg$/);
    expect(kernelOf(await jobOf('spawn a\n', { options: { kernel: '6.1' } }))).toBe('6.1');
    expect(kernelOf(await jobOf('spawn a\n'))).toBe('2.6.26');
  });

  test('is refused for scripts that run on different kernels', async () => {
    using folder = new Folder();
    writeFileSync(folder.at('new.memcg'), 'machine kernel=6.1\n');
    writeFileSync(folder.at('old.memcg'), 'spawn a\n');
    const fault = await gatherJob(sources('', { scripts: [folder.at('new.memcg'), folder.at('old.memcg')] }));
    expect(fault).toHaveProperty('message', expect.stringContaining('say --kernel'));
  });

  test.each([
    ['of another group', 'mkdir web\nwrite web/limit_in_bytes 64M'],
    ['that are weak', 'set --weak default limit_in_bytes=64M'],
    ['that are no marks', 'write swappiness 10\nwrite failcnt 0'],
  ])('lets a script set those %s', async (_, lines) => {
    expect(await gatherJob(sources(lines))).toHaveProperty('scripts');
  });

  test.each([
    ['a mistake in a line', 'spawn a\nfrobnicate\n', 'mistake', 2],
    ['bytes that are no script', 'spawn a\n\u0001\n', 'mistake', 2],
    ['an included file that is not there', 'include nowhere.memcg\n', 'world', 0],
    ['a trace that is not there', 'spawn a\nrun a trace nowhere.csv\n', 'world', 2],
    ['a machine without watermarks', 'machine wmarks=off\nspawn a\n', 'mistake', 0],
  ])('is refused for %s', async (_, script, kind, line) => {
    expect(await gatherJob(sources(script))).toMatchObject({ kind, line });
  });
});
