import { describe, expect, test, vi } from 'vitest';
import { candidates } from '../../src/cli/completion/candidates.ts';
import { helpOn } from '../../src/cli/help/topic.ts';
import { readReplay } from '../../src/cli/options/replay.ts';
import { openScriptStage } from '../../src/dashboard/stage/open.ts';
import { Machine } from '../../src/machine/machine.ts';
import { renderReport } from '../../src/report/text.ts';
import { marksCommands } from '../../src/script/given-marks.ts';
import { Mistake } from '../../src/script/mistake.ts';
import { readPolicy } from '../../src/script/options.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import type { RunResult } from '../../src/script/result.ts';
import { formsOf, ownApplications } from '../../src/tune/analysis/apply.ts';
import { ms, toTheEnd } from '../dashboard/stage/scripts.ts';
import { runLines } from '../script/scripts.ts';
import { m } from '../tune/made-sweeps.ts';

/** The recipe: a card (half.ts), and its line in the list of policies. Nothing else of src knows of it. */
vi.mock('../../src/linux-2.6.26/policies.ts', async (original) => {
  const { policies } = await original<typeof import('../../src/linux-2.6.26/policies.ts')>();
  const { HALF } = await import('./half.ts');
  return { policies: [...policies, HALF] };
});

const LOOK = { width: 100, color: false, unicode: true };
const nobody = {
  cgroups: async () => [],
  files: async () => null,
  tasks: async () => [],
  sessions: async () => [],
};

const half = readPolicy({ text: 'half', column: 0 });

async function replay(): Promise<RunResult> {
  const asked = readReplay(
    { group: '/default', color: true, policy: 'half', limit: '16M', high: '8M', low: '4M' },
    ['-'],
  );
  if (asked instanceof Mistake) throw asked;
  const lines = ['spawn t', 'run t stream data 64M', 'wait 1s'];
  return runLines(lines, {
    boot: bootScriptFile,
    options: { policy: half },
    before: (machine) => marksCommands(asked, machine),
  });
}

describe('a policy that only a card knows', () => {
  test('is asked for by its name, and reclaims by its own rule', async () => {
    const { error, cgroups } = await replay();
    expect(error).toBeNull();
    const group = cgroups.find(({ path }) => path === '/default');
    expect(group?.files).toMatchObject({ 'memory.half_start': '8388608', 'memory.half_stop': '4194304' });
    expect(group?.stat).toMatchObject({ stall_count: 0 });
    expect(group?.stat.bg_passes).toBeGreaterThan(0);
    expect(group?.usage.usage).toBeLessThanOrEqual(m(8));
  });

  test('stands in a report with its files, and its marks are called start and stop', async () => {
    const text = renderReport(await replay(), LOOK);
    expect(text).toMatch(/start at +8M +half_start/);
    expect(text).toMatch(/stop at +4M +half_stop/);
    expect(text).toContain('start 8M');
  });

  test('is saved, loaded and forked with what it keeps', () => {
    const machine = Machine.boot({ policy: half });
    machine.perform({ op: 'mkdir', path: '/a' });
    const start = {
      op: 'write',
      path: '/a/memory.half_start',
      data: new TextEncoder().encode('4M'),
    } as const;
    expect(machine.perform(start)).toMatchObject({ ok: true });
    const read = { ok: true, value: '4194304\n' };
    expect(Machine.load(structuredClone(machine.save())).read('/a/memory.half_start')).toEqual(read);
    expect(machine.fork().read('/a/memory.half_start')).toEqual(read);
  });

  test('is told of by help, with its files, and offered by completion', async () => {
    expect(helpOn('half', LOOK)).toContain('Above the start a thread reclaims half of it.');
    expect(helpOn('half_stop', LOOK)).toContain('nothing: EINVAL');
    expect(await candidates(['help'], 'half', '/default', nobody)).toEqual([
      'half',
      'half_start',
      'half_stop',
    ]);
    expect(await candidates(['machine'], 'policy=h', '/default', nobody)).toEqual(['policy=half']);
  });

  test('is a policy of tune, whose advice is told in its knobs and where it is applied elsewhere', () => {
    const workload = {
      scripts: ['a'],
      group: '/web',
      kernel: '2.6.26' as const,
      policy: 'half',
      booting: [],
      seeds: [1],
      agreeingSeeds: 1,
    };
    const marks = { policy: 'half', limit: m(16), high: m(8), low: m(4) };
    const told = [...ownApplications(workload, marks), ...formsOf('2.6.26', marks)].map(({ lines }) =>
      lines.join('; '),
    );
    expect(told).toContain('memcg up policy=half; memcg set web limit_in_bytes=16384K half_start=8192K');
    expect(told).toContain('halve 8388608');
  });

  test('is on the dashboard: what is written can be edited, what is calculated can not', async () => {
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('machine policy=half\nmkdir -p default\nwait 1s\n');
    }
    const stage = await openScriptStage({
      script: '-',
      stdin: stdin(),
      boot: null,
      group: '/default',
      options: {},
      before: () => [],
    });
    await toTheEnd(stage, ms(500));
    const files = stage.detail('/default', 'files', 0).filter(({ name }) => name.includes('half'));
    expect(files.map(({ name, writable }) => [name, writable])).toEqual([
      ['memory.half_stop', false],
      ['memory.half_start', true],
    ]);
    await stage.close();
  });
});
