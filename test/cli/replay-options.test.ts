import { describe, expect, it } from 'vitest';
import { type GivenReplay, type ReplayOptions, readReplay } from '../../src/cli/options/replay.ts';
import { Machine, type MachineOptions } from '../../src/machine/machine.ts';
import { marksCommands } from '../../src/script/given-marks.ts';
import { Mistake } from '../../src/script/mistake.ts';

const read = (given: Partial<GivenReplay>, scripts = ['a.memcg']) =>
  readReplay({ group: '/default', color: true, ...given }, scripts);

function options(given: Partial<GivenReplay>): ReplayOptions {
  const all = read(given);
  if (all instanceof Mistake) throw all;
  return all;
}

describe('the options of replay', () => {
  it.each<[Partial<GivenReplay>, string[], RegExp]>([
    [{ limit: '5Q' }, ['a'], /^--limit: '5Q' is not a size/],
    [{ limit: '0%' }, ['a'], /^--limit: '0%' is no share: write a number above 0 and %, as in 70%/],
    [{ limit: '5M,6M,5M' }, ['a'], /'5M' is named twice/],
    [{ limit: '5M,5Q' }, ['a'], /'5Q' is not a size/],
    [{ limit: '5M,6M', compare: true }, ['a'], /side by side: one policy, and no --compare/],
    [{ limit: '5M,6M', policy: 'rfc,none' }, ['a'], /side by side: one policy/],
    [{ limit: '5M', high: '6M' }, ['a'], /marks have an order/],
    [{ kernel: '6.1', limit: '5M', high: '4M' }, ['a'], /on 6.1 nobody does/],
    [
      { kernel: '6.1', policy: 'kswapd2011' },
      ['a'],
      /policy=kswapd2011 runs on 2.6.26, and not on 6.1: there it is /,
    ],
    [{ limit: '5M', low: '4M', high: '3M' }, ['a'], /marks have an order/],
    [{ high: '6M' }, ['a'], /go with --limit/],
    [{ errata: 'nonsense' }, ['a'], /^--errata: 'nonsense' is no erratum/],
    [{ seed: '-1' }, ['a'], /^--seed: '-1' is not a whole number/],
    [{ seed: '4294967296' }, ['a'], /whole number/],
    [{ width: '5' }, ['a'], /^--width/],
    [{ bare: true, boot: 'x' }, ['a'], /--bare/],
    [{ boot: '-' }, ['a'], /--boot takes a file/],
    [{}, ['-', '-'], /can be read once/],
  ])('%j for %j is a mistake', (given, scripts, message) => {
    const mistake = read(given, scripts);
    expect(mistake).toBeInstanceOf(Mistake);
    expect(mistake).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('say what the machine is', () => {
    expect(options({ seed: '7', errata: 'posted' }).machine).toMatchObject({
      seed: 7,
      errata: expect.any(Array),
    });
    expect(options({}).machine).toEqual({});
  });

  it('boot with the script of the package, another or none', () => {
    const { boot } = options({});
    const ofPackage = (machine: Partial<MachineOptions>) => typeof boot === 'function' && boot(machine);
    expect(ofPackage({})).toMatch(/fixtures.boot\.memcg$/);
    expect(ofPackage({ wmarks: false })).toMatch(/fixtures.boot-wmarks-off\.memcg$/);
    expect(ofPackage({ policy: 'none' })).toMatch(/fixtures.boot-wmarks-off\.memcg$/);
    expect(ofPackage({ policy: 'alinux' })).toMatch(/fixtures.boot-alinux\.memcg$/);
    expect(options({ boot: 'my.memcg' }).boot).toBe('my.memcg');
    expect(options({ bare: true }).boot).toBeNull();
  });

  it.each<[Partial<GivenReplay>, object]>([
    [{ limit: '64M' }, { low: 12_288, high: 14_336, limit: 16_384 }],
    [{ limit: '10' }, { low: 0, high: 0, limit: 1 }],
    [
      { limit: '64M', high: '8M' },
      { low: 2048, high: 2048 },
    ],
    [
      { limit: '64M', low: '60M' },
      { low: 15_360, high: 15_360 },
    ],
    [
      { limit: '64M', low: '1M', high: '2M' },
      { low: 256, high: 512, limit: 16_384 },
    ],
  ])('%j are marks in whole pages', (given, marks) => {
    expect(options(given).marks).toMatchObject(marks);
  });

  it('write a limit alone on a machine without watermarks', () => {
    const names = (wmarks: boolean) => {
      const commands = marksCommands(options({ limit: '64M', group: 'web' }), Machine.boot({ wmarks }));
      return commands instanceof Mistake
        ? commands
        : commands.map((command) =>
            command.name === 'set' ? [command.cgroup, ...command.values.map(({ name }) => name)] : [],
          );
    };
    expect(names(true)).toEqual([['/web', 'low_wmark_in_bytes', 'high_wmark_in_bytes', 'limit_in_bytes']]);
    expect(names(false)).toEqual([['/web', 'limit_in_bytes']]);
  });

  it('are refused where a script says that the machine has no such marks', () => {
    const machine = Machine.boot({ kernel: '6.1' });
    expect(marksCommands(options({ limit: '64M', high: '32M' }), machine)).toMatchObject({
      message: expect.stringMatching(/on 6.1 nobody does/),
    });
    expect(marksCommands(options({ limit: '64M' }), machine)).toMatchObject([{ values: [{ name: 'max' }] }]);
    const asked = options({ limit: '64M', high: '32M', policy: 'none,k8s' });
    expect(marksCommands(asked, machine)).toMatchObject([{ values: [{ name: 'max' }] }]);
  });
});
