import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/script/command.ts';
import { parsedLines } from '../../../src/tune/run/parsed-texts.ts';
import { Perturbation } from '../../../src/tune/run/perturb.ts';

const commands = (text: string, variant: number): Command[] =>
  new Perturbation(variant)
    .lines(parsedLines(text))
    .flatMap(({ parsed = [] }) => parsed.flatMap((each) => (each.kind === 'command' ? [each.command] : [])));

const VARIANTS = Array.from({ length: 200 }, (_, i) => i + 1);

/** What a behaviour's sizes are, in pages. */
const sizes = (text: string, variant: number): number[] =>
  commands(text, variant).flatMap((command) =>
    command.name === 'run' && 'pages' in command.behaviour ? [command.behaviour.pages ?? -1] : [],
  );

describe('a workload on another day', () => {
  it('is the same for the same variant', () => {
    const text = 'run a alloc 4M\nwait 10ms\nrun a stream data.img 64M --at 8M\nat 1s\n';
    for (const variant of VARIANTS) expect(commands(text, variant)).toEqual(commands(text, variant));
    expect(new Set(VARIANTS.map((variant) => JSON.stringify(commands(text, variant)))).size).toBe(200);
  });

  it('has up to a tenth more or less work, each thing up to 3 % beside that, and all of that is seen', () => {
    const work = VARIANTS.map((variant) => new Perturbation(variant).work);
    const size = VARIANTS.map((variant) => sizes('run a alloc 400M\n', variant)[0] / (400 * 256));
    for (const [found, most] of [[work, 0.1] as const, [size, 0.03] as const]) {
      expect(Math.min(...found)).toBeGreaterThanOrEqual(1 - most - 1e-5);
      expect(Math.max(...found)).toBeLessThanOrEqual(1 + most + 1e-5);
      expect(Math.max(...found) - Math.min(...found)).toBeGreaterThan(1.8 * most);
    }
  });

  it('frees no more than it has', () => {
    const text = `${'run a alloc 4K\n'.repeat(99)}run a free 200K\n${'run a alloc 12K\n'.repeat(9)}run a free 304K\n`;
    for (const variant of VARIANTS) {
      const total = commands(text, variant).reduce((sum, command) => {
        if (command.name !== 'run' || !('pages' in command.behaviour)) return sum;
        const { kind, pages } = command.behaviour;
        return sum + (kind === 'free' ? -(pages ?? 0) : (pages ?? 0));
      }, 0);
      expect(total).toBeGreaterThanOrEqual(0);
    }
  });

  it('reads a file’s ranges one behind the other, as it did', () => {
    const text = 'run a stream f 10M\nrun a stream f 10M --at 10M\nrun a stream f 1M --at 20M\n';
    for (const variant of VARIANTS) {
      const ranges = commands(text, variant).flatMap((command) =>
        command.name === 'run' && command.behaviour.kind === 'stream' ? [command.behaviour] : [],
      );
      for (const [i, { at }] of ranges.entries())
        expect(at).toBe(i === 0 ? 0 : ranges[i - 1].at + ranges[i - 1].pages);
    }
  });

  it('goes on in time, faster or slower by 5 % at most', () => {
    const text = Array.from({ length: 200 }, (_, i) => `at ${(i + 1) * 50}ms\n`).join('');
    for (const variant of VARIANTS) {
      const times = commands(text, variant).flatMap((command) =>
        command.name === 'at' ? [command.time] : [],
      );
      const steps = times.map((time, i) => time - (times[i - 1] ?? 0));
      expect(Math.min(...steps)).toBeGreaterThan(50e6 * 0.949);
      expect(Math.max(...steps)).toBeLessThan(50e6 * 1.051);
    }
  });

  it('is not checked by what was expected of the day that was recorded', () => {
    expect(commands('expect web/failcnt == 0\nprint x\n', 1).map(({ name }) => name)).toEqual(['print']);
  });
});
