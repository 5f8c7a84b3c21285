import { describe, expect, test } from 'vitest';
import type { ScriptStage } from '../../../src/dashboard/stage/script-stage.ts';
import { Machine } from '../../../src/machine/machine.ts';
import { bootScriptFile } from '../../../src/script/package-files.ts';
import type { RunResult } from '../../../src/script/result.ts';
import { runScript } from '../../../src/script/run.ts';
import { traceOpener } from '../../../src/workload/trace-opener.ts';
import { settings } from '../../script/scripts.ts';
import { fixture, ms, openFixture, openLines, toTheEnd } from './scripts.ts';

const replayed = (name: string): Promise<RunResult> =>
  runScript(
    settings(fixture(name), {
      boot: bootScriptFile(),
      traces: traceOpener,
      bootMachine: (options) => Machine.boot(options),
    }),
  );

const timeless = ({ realMs: _, ...result }: RunResult): string => JSON.stringify(result);

const usageOf = (stage: ScriptStage, path: string): number =>
  stage.snapshot().cgroups.find((row) => row.path === path)?.usage.usage ?? -1;

/** Half of it is over in the middle of the `run`. */
const LONG_RUN = [
  'mkdir web',
  'set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
  'spawn reader web',
  'run reader stream data.img 40M',
  'wait 20ms',
  'expect web/failcnt == 0',
];

describe('a script that plays', () => {
  test.each(['bursts', 'oom', 'writer', 'real-trace', 'limit-below-usage'])(
    '%s comes to what replay comes to, however it was stepped through',
    async (name) => {
      const stage = await openFixture(name);
      await toTheEnd(stage, ms(37));
      expect(timeless(await stage.result)).toBe(timeless(await replayed(name)));
      await stage.close();
    },
    60_000,
  );

  test('stands still while it is paused, and goes so far as it is stepped', async () => {
    const stage = await openLines(['mkdir web', 'wait 1s', 'mkdir db', 'wait 1s']);
    await stage.pause();
    await stage.advance();
    await stage.step(ms(999));
    expect(stage.clock()).toMatchObject({ time: ms(999), paused: true, standing: 'present', ended: null });
    expect(stage.snapshot().cgroups.map(({ path }) => path)).toEqual(['/', '/default', '/web']);
    await stage.advance();
    expect(stage.clock().time).toBe(ms(999));
    await stage.step(ms(2));
    expect(stage.snapshot().cgroups.map(({ path }) => path)).toEqual(['/', '/default', '/web', '/db']);
    await stage.close();
    expect((await stage.result).error?.kind).toBe('interrupted');
  });

  test('can be written to in the middle of a run, and the run goes on', async () => {
    const stage = await openLines(LONG_RUN);
    await stage.step(ms(50));
    expect(await stage.execute('set web limit_in_bytes=64M high_wmark_in_bytes=62M')).toEqual({
      ok: true,
      text: '',
    });
    await toTheEnd(stage);
    expect(usageOf(stage, '/web')).toBeGreaterThan(20 * 256);
    expect((await stage.result).error).toBe(null);
    await stage.goTo(ms(40));
    expect(usageOf(stage, '/web')).toBeLessThan(8 * 256);
    await stage.close();
  });

  test('says what is wrong with a line, and takes none that waits', async () => {
    const stage = await openLines(LONG_RUN);
    await stage.step(ms(50));
    expect(await stage.execute('write web/low_wmark_in_bytes 7M')).toEqual({
      ok: false,
      text: expect.stringContaining('EINVAL: Invalid argument: 7M is above high_wmark_in_bytes (6M)'),
    });
    expect(await stage.execute('wait 1s')).toMatchObject({
      ok: false,
      text: expect.stringContaining('time goes by itself'),
    });
    expect(await stage.execute('cat web/limit_in_bytes')).toEqual({ ok: true, text: '8388608' });
    await stage.close();
  });

  test('says a mistake that ended it where it is read whole', async () => {
    const stage = await openLines([
      'mkdir web',
      'write web/low_wmark_in_bytes 1G',
      'write web/high_wmark_in_bytes 8M',
    ]);
    await toTheEnd(stage);
    expect(stage.notices).toEqual([stage.clock().ended]);
    expect(stage.notices[0]).toMatch(/^-:3: write web.*EINVAL.*: 8M is below low_wmark_in_bytes/);
    await stage.close();
    const fine = await openLines(['mkdir web']);
    await toTheEnd(fine);
    expect(fine.notices).toEqual([]);
    await fine.close();
  });

  test('tells how it ended: with a mistake, a failed expectation, or well', async () => {
    const ends = [['nonsense'], ['expect failcnt == 7'], ['mkdir web']].map(async (lines) => {
      const stage = await openLines(lines);
      await toTheEnd(stage);
      await stage.close();
      return stage.clock().ended;
    });
    expect(await Promise.all(ends)).toEqual([
      expect.stringMatching(/^-:1: /),
      expect.stringContaining('1 of 1 expectations failed, first -:1: failcnt == 7'),
      'the script has ended',
    ]);
  });
});

describe('the past', () => {
  test('is as it was: usage, events and rates of that instant, and no command but a question', async () => {
    const stage = await openLines(LONG_RUN);
    const seen: { readonly time: number; readonly usage: number; readonly events: number }[] = [];
    await toTheEnd(stage, ms(20), () => {
      seen.push({
        time: stage.clock().time,
        usage: usageOf(stage, '/web'),
        events: stage.detail('/web', 'events', 0).length,
      });
    });
    for (const { time, usage, events } of [...seen].reverse()) {
      await stage.goTo(ms(time / 1e6));
      expect(stage.clock()).toMatchObject({ time, standing: 'past' });
      expect([usageOf(stage, '/web'), stage.detail('/web', 'events', 0).length]).toEqual([usage, events]);
    }
    expect(await stage.execute('mkdir db')).toEqual({
      ok: false,
      text: 'the past is as it was: ask what if, or go to the present',
    });
    await stage.toPresent();
    expect(stage.clock()).toMatchObject({ time: seen.at(-1)?.time, standing: 'present' });
    await stage.close();
  });

  test('is drawn as finely as one looks at it, soon after one has begun to', async () => {
    const stage = await openLines(LONG_RUN);
    await toTheEnd(stage);
    await stage.goTo(ms(30));
    const look = () => stage.curve('/web', ms(20), ms(40), 100).stretches;
    const levels = (stretches: ReturnType<typeof look>): number =>
      new Set(stretches.map(({ last }) => last)).size;
    const coarse = look();
    let fine = coarse;
    // Others may be told of something else before.
    while (levels(fine) <= 4 * levels(coarse)) {
      const told = new Promise<void>((resolve) => {
        stage.subscribe(resolve);
      });
      fine = look();
      if (levels(fine) <= 4 * levels(coarse)) await told;
    }
    expect(fine).toHaveLength(100);
    const highest = (stretches: typeof fine): number => Math.max(...stretches.map(({ max }) => max));
    expect(highest(fine)).toBeLessThanOrEqual(highest(coarse));
    const here = fine.find(({ time }) => time === ms(30));
    expect(here?.min).toBeLessThanOrEqual(usageOf(stage, '/web'));
    expect(here?.max).toBeGreaterThanOrEqual(usageOf(stage, '/web'));
    await stage.close();
  });

  test('answers what can be read of it, also while there is a fork', async () => {
    const marks = 'low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M';
    const stage = await openLines(['wait 100ms', 'mkdir web', `set web ${marks}`, 'wait 100ms']);
    await toTheEnd(stage);
    await stage.goTo(ms(50));
    expect((await stage.execute('ls')).text).not.toContain('web');
    expect((await stage.execute('cat web/low_wmark_in_bytes')).text).toContain('ENOENT');
    await stage.goTo(ms(150));
    const low = { ok: true, text: '4194304' };
    expect(await stage.execute('cat web/low_wmark_in_bytes')).toEqual(low);
    expect(await stage.execute('expect web/low_wmark_in_bytes == 2M')).toEqual({
      ok: false,
      text: 'web/low_wmark_in_bytes == 2M: found 4194304',
    });
    await stage.whatIf('write web/low_wmark_in_bytes 2M');
    expect((await stage.execute('cat web/low_wmark_in_bytes')).text).toBe('2097152');
    await stage.goTo(ms(150));
    expect(await stage.execute('cat web/low_wmark_in_bytes')).toEqual(low);
    await stage.close();
  });

  test('of a wait for a condition ends with the condition, from wherever one comes', async () => {
    const stage = await openLines([
      'spawn reader',
      'start reader stream data.img 20M',
      'wait usage_in_bytes >= 8M --within 10s',
      'mkdir then',
      'wait 10ms',
    ]);
    await toTheEnd(stage, ms(1));
    const paths = (): number => stage.snapshot().cgroups.length;
    let before = -1;
    for (let time = 0; time <= stage.clock().present; time += 5e6) {
      await stage.goTo(ms(time / 1e6));
      expect(paths()).toBe(usageOf(stage, '/default') >= 8 * 256 ? 3 : 2);
      expect(usageOf(stage, '/default')).toBeGreaterThanOrEqual(before);
      before = usageOf(stage, '/default');
    }
    await stage.close();
  });
});

describe('what if', () => {
  test('high had left room: the script goes on as it did, and nobody stalls', async () => {
    const stage = await openLines([
      'mkdir web',
      'set web low_wmark_in_bytes=8M high_wmark_in_bytes=8M limit_in_bytes=8M',
      'spawn reader web',
      'run reader stream data.img 40M',
      'mkdir db',
    ]);
    await toTheEnd(stage);
    await stage.goTo(ms(1));
    expect(await stage.whatIf('set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M')).toEqual({
      ok: true,
      text: '',
    });
    while ((stage.fork?.progress ?? 1) < 1) await stage.advance();
    await stage.advance();

    const { fork } = stage;
    const figures = Object.fromEntries((fork?.compare('/web') ?? []).map((row) => [row.name, row]));
    expect(stage.clock()).toMatchObject({ standing: 'what if', time: stage.clock().present });
    expect(fork).toMatchObject({
      at: ms(1),
      lines: ['set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M'],
    });
    expect(figures['limit failures']).toMatchObject({ was: 256, whatIf: 0, lessIsBetter: true });
    expect(figures['stalls']).toMatchObject({ was: 256, whatIf: 0 });
    expect(figures['time stalled']?.was).toBeGreaterThan(0);
    expect(figures['reclaimer CPU']?.whatIf).toBeGreaterThan(0);
    expect(figures['peak usage']).toMatchObject({ was: 8 << 20, as: 'size' });
    expect(figures['peak usage']?.whatIf).toBeLessThanOrEqual((6 << 20) + 4096 * 64);
    const { present } = stage.clock();
    expect(fork?.curve('/web', ms(0), present, 20).stretches.at(-1)?.time).toBe(present);

    expect(await stage.execute('write web/low_wmark_in_bytes 2M')).toEqual({ ok: true, text: '' });
    expect(fork?.lines).toHaveLength(2);
    stage.dropFork();
    expect(stage.fork).toBe(null);
    expect(stage.clock()).toMatchObject({ standing: 'past', time: ms(1) });
    await stage.close();
  });

  test('a line that is refused makes no fork', async () => {
    const stage = await openLines(['mkdir web', 'wait 1s']);
    await toTheEnd(stage);
    await stage.goTo(ms(500));
    expect(await stage.whatIf('rmdir nowhere')).toMatchObject({ ok: false });
    expect(stage.fork).toBe(null);
    expect(stage.clock().standing).toBe('past');
    await stage.close();
  });

  test('is asked in the present, too, and what was done since with what is gone is left out', async () => {
    const stage = await openLines(['mkdir web db', 'wait 100ms', 'spawn a web', 'spawn b db', 'wait 100ms']);
    await stage.step(ms(50));
    expect(await stage.whatIf('rmdir web')).toEqual({ ok: true, text: '' });
    await toTheEnd(stage);
    await stage.advance();
    const tasks = (path: string): number | undefined =>
      stage.snapshot().cgroups.find((row) => row.path === path)?.tasks;
    expect([stage.clock().standing, tasks('/web'), tasks('/db')]).toEqual(['what if', undefined, 1]);
    stage.dropFork();
    expect([stage.clock().standing, tasks('/web'), tasks('/db')]).toEqual(['present', 1, 1]);
    await stage.close();
  });
});

describe('a lesson', () => {
  const LESSON = [
    '# A reader that fits.',
    '# It does no harm.',
    'mkdir web',
    'set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
    'wait 100ms',
    '# And now more than fits.',
    'pause what do you expect?',
    'spawn reader web',
    'run reader stream data.img 40M',
    'wait 1s',
  ];

  test('stops at a pause until it is to go on, and tells each line with the comment above it', async () => {
    const stage = await openLines(LESSON);
    await stage.step(ms(1000));
    expect(stage.clock()).toMatchObject({ time: ms(100), paused: true, ended: null });
    expect(stage.told()).toEqual({
      line: 7,
      text: 'pause what do you expect?',
      comment: 'And now more than fits.',
    });
    await stage.advance();
    expect(stage.clock().time).toBe(ms(100));
    await stage.setSpeed('max');
    await stage.resume();
    while (stage.clock().ended === null) await stage.advance();
    expect((await stage.result).output).toMatchObject([{ line: 7, text: 'what do you expect?' }]);
    await stage.goTo(ms(50));
    expect(stage.told()).toMatchObject({ line: 5, comment: 'A reader that fits. It does no harm.' });
    await stage.close();
  });

  test('begins paused where that is asked for', async () => {
    const stage = await openLines(LESSON, { paused: true });
    await stage.advance();
    await stage.advance();
    expect(stage.clock()).toMatchObject({ time: 0, paused: true });
    await stage.close();
  });

  test('is played again from any instant of its past, and goes on where that ends', async () => {
    const stage = await openLines(LESSON.filter((line) => !line.startsWith('pause')));
    await stage.step(ms(300));
    await stage.goTo(ms(100));
    expect(stage.clock()).toMatchObject({ standing: 'past', paused: true });
    await stage.setSpeed(10);
    await stage.resume();
    expect(stage.clock().paused).toBe(false);
    const seen: number[] = [];
    while (stage.clock().standing === 'past') {
      seen.push(stage.clock().time);
      await stage.advance();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(stage.clock()).toMatchObject({ standing: 'present', paused: false });
    await stage.close();
  });

  test('goes from one event that matters to the next, and says when there is none', async () => {
    const stage = await openLines(LESSON.filter((line) => !line.startsWith('pause')));
    const kinds: string[] = [];
    while (kinds.length < 12 && (await stage.toNextEvent())) {
      const { time } = stage.clock();
      kinds.push(stage.detail('/web', 'events', 0).findLast((event) => event.time <= time)?.type ?? 'none');
    }
    expect(kinds.slice(0, 3)).toEqual(['start', 'sleep', 'wake']);
    await stage.close();
  });
});
