import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { DEFAULT_OPTIONS, Machine, type MachineOptions, optionMistake } from '../../src/machine/machine.ts';

describe('the options', () => {
  test.each<[string, Partial<MachineOptions>]>([
    ['the default', {}],
    ['the least', { cpus: 1, memory: pages(256), seed: 0 }],
    ['much', { cpus: 64, nodes: 16, swap: pages(2 ** 20), seed: 2 ** 32 - 1 }],
    ['other costs', { costs: { copy: 0, diskPage: 1e9 } }],
  ])('of %s are sound', (_what, options) => {
    expect(optionMistake({ ...DEFAULT_OPTIONS, ...options })).toBeNull();
    expect(Machine.boot(options).cgroups()).toEqual(['/']);
  });

  test.each<[string, Partial<MachineOptions>]>([
    ['cpus=0', { cpus: 0 }],
    ['cpus=65', { cpus: 65 }],
    ['cpus=1.5', { cpus: 1.5 }],
    ['memory=255', { memory: pages(255) }],
    ['memory=67108865', { memory: pages(2 ** 26 + 1) }],
    ['swap=-1', { swap: pages(-1) }],
    ['nodes=0', { nodes: 0 }],
    ['nodes=17', { nodes: 17 }],
    ['seed=-1', { seed: -1 }],
    ['seed=4294967296', { seed: 2 ** 32 }],
    ['cost.copy=-1', { costs: { copy: -1 } }],
    ['cost.scan=NaN', { costs: { scan: Number.NaN } }],
    ['cost.magic', { costs: { magic: 1 } as MachineOptions['costs'] }],
  ])('with %s can no machine have', (name, options) => {
    expect(optionMistake({ ...DEFAULT_OPTIONS, ...options })).toContain(name);
    expect(() => Machine.boot(options)).toThrow(RangeError);
  });
});

test('a saved machine has its options', () => {
  const machine = Machine.boot({ cpus: 3, swap: pages(10), costs: { copy: 5 } });
  expect(machine.fork().options).toEqual(machine.options);
});
