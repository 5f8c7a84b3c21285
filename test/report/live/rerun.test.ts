import { afterEach, expect, it, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/machine/machine.ts';
import { rerun } from '../../../src/report/html/live/rerun.ts';
import { TraceMemory } from '../../../src/script/traces.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('makes each run of a page in the memory of the one before it', async () => {
  let made = 0;
  class Counted extends WebAssembly.Instance {
    constructor(module: WebAssembly.Module) {
      super(module);
      made += 1;
    }
  }
  vi.stubGlobal('WebAssembly', { Module: WebAssembly.Module, Instance: Counted });
  const script =
    'mkdir web\nset web limit_in_bytes=8M high_wmark_in_bytes=8M low_wmark_in_bytes=8M\nspawn t web\nrun t stream f 16M\n';
  const carried = {
    script: 's.memcg',
    texts: { 's.memcg': script },
    boot: null,
    group: '/default',
    options: {},
    marks: null,
    runs: [{ name: '', apart: {}, options: DEFAULT_OPTIONS }],
    until: 1,
    traces: [],
  };
  const around = {
    memory: new TraceMemory(0),
    signal: new AbortController().signal,
    progress: () => {},
    keepOutput: false,
  };
  for (const limit of ['8M', '7M', '6M', '5M']) {
    const { error, cgroups } = await rerun(carried, 0, { 'limit:/web': limit }, around);
    expect(error).toBeNull();
    expect(cgroups.find(({ path }) => path === '/web')?.stat.stall_count).toBeGreaterThan(0);
  }
  expect(made).toBe(1);
});
