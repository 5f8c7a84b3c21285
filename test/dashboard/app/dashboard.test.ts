import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppState } from '../../../src/dashboard/app/app-state.ts';
import { Dashboard } from '../../../src/dashboard/app/dashboard.ts';
import { SessionError } from '../../../src/session/session-error.ts';
import { seconds } from '../components/views.ts';
import { FakeStage } from './fake-stage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A dashboard whose frames are counted, and the state that each was drawn from. */
function started(stage = new FakeStage()) {
  const frames: AppState[] = [];
  const wished: string[] = [];
  const failed: unknown[] = [];
  const dashboard = new Dashboard(stage, {
    size: () => ({ columns: 120, rows: 40 }),
    draw: (_, state) => frames.push(state),
    wish: (wish) => wished.push(wish.do),
    failed: (error) => failed.push(error),
  });
  dashboard.start();
  return { stage, dashboard, frames, wished, failed, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}
const last = (frames: readonly AppState[]) => frames.at(-1)?.ui;

describe('the loop', () => {
  test('draws once at first, and then nothing while nothing moves', async () => {
    const { stage, frames, wait } = started();
    await wait(10_000);
    expect(frames).toHaveLength(1);
    expect(stage.advances).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('draws four frames a second at most while time goes by', async () => {
    const stage = new FakeStage({ paused: false });
    stage.moves = true;
    const { frames, wait } = started(stage);
    await wait(1050);
    expect(frames).toHaveLength(5);
  });

  test('draws no frame in which nothing has changed', async () => {
    const { stage, frames, wait } = started(new FakeStage({ paused: false }));
    await wait(1050);
    expect(frames).toHaveLength(1);
    expect(stage.advances).toBe(11);
  });

  test('draws one when the stage says that something has changed, and however often it says so', async () => {
    const { stage, frames, wait } = started();
    await wait(1000);
    for (let i = 0; i < 50; i += 1) stage.set({ time: seconds(49) });
    await wait(1000);
    expect(frames).toHaveLength(2);
  });

  test.each([
    ['the past is worked out', { recalling: 0.5, standing: 'past' as const }],
    ['the present is not reached', { catchingUp: 0.5 }],
    ['time goes by', { paused: false }],
  ])('goes on looking while %s', async (_, clock) => {
    const { stage, wait } = started(new FakeStage(clock));
    await wait(1000);
    expect(stage.advances).toBeGreaterThan(5);
  });

  test('shows what is typed sooner than the next frame is due', async () => {
    const stage = new FakeStage({ paused: false });
    const { dashboard, frames, wait } = started(stage);
    await wait(50);
    dashboard.press(['?']);
    await wait(1);
    expect(last(frames)?.mode.kind).toBe('help');
  });

  test('stops when it is closed', async () => {
    const { dashboard, stage, frames, wait } = started(new FakeStage({ paused: false }));
    await wait(10);
    dashboard.close();
    stage.set({ time: seconds(50) });
    await wait(1000);
    expect(frames).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('hands on what is wrong with the stage', async () => {
    const stage = new FakeStage();
    stage.advance = () => Promise.reject(new Error('broken'));
    const { failed, wait } = started(stage);
    await wait(10);
    expect(failed).toEqual([new Error('broken')]);
  });
});

describe('the cgroup that is selected at first', () => {
  test('is the one that fares worst, until somebody selects another', async () => {
    const { dashboard, frames, wait } = started();
    await wait(10);
    expect(last(frames)?.selected).toBe('/batch');
    dashboard.press(['home']);
    await wait(100);
    expect(last(frames)?.selected).toBe('/');
  });
});

describe('what is asked of the stage', () => {
  test('only the last of many instants, when the past takes long', async () => {
    const { stage, dashboard, frames, wait } = started();
    let arrive = (): void => {};
    stage.journey = new Promise((resolve) => {
      arrive = resolve;
    });
    dashboard.press(['T', 'T', 'T', 'T']);
    await wait(10);
    arrive();
    await wait(100);
    expect(stage.asked).toHaveLength(2);
    expect(frames.at(-1)?.going).toBe(null);
  });

  test('a refusal is said in one line, and the line can be mended', async () => {
    const { stage, dashboard, frames, wait } = started();
    stage.answer = {
      ok: false,
      text: 'memcg: write x: EINVAL: Invalid argument\n80M is above limit_in_bytes',
    };
    dashboard.press(['e', '8', '0', 'M', 'return']);
    await wait(100);
    expect(last(frames)).toMatchObject({
      mode: { kind: 'edit', line: { text: '80M' } },
      message: { text: 'write x: EINVAL: Invalid argument: 80M is above limit_in_bytes', tone: 'bad' },
    });
  });

  test('what the kernel stored is said after an edit', async () => {
    const { dashboard, frames, wait } = started();
    dashboard.press(['e', '5', 'return']);
    await wait(100);
    expect(last(frames)).toMatchObject({
      mode: { kind: 'browse' },
      message: { text: 'memory.high_wmark_in_bytes is 58720256 now', tone: 'good' },
    });
  });

  test.each([
    ['one line stands above the keys', 'one', { mode: { kind: 'browse' }, message: { text: 'one' } }],
    [
      'more can be scrolled',
      'one\ntwo\n',
      { mode: { kind: 'answer', title: 'ls', text: 'one\ntwo', scroll: 0 }, message: null },
    ],
    ['of nothing the line itself is left', '', { message: { text: 'ls', tone: 'good' } }],
  ])('of what a command prints %s', async (_, text, expected) => {
    const { stage, dashboard, frames, wait } = started();
    stage.answer = { ok: true, text };
    dashboard.press([':', 'l', 's', 'return']);
    await wait(100);
    expect(last(frames)).toMatchObject(expected);
  });

  test('a server that is gone is said', async () => {
    const { stage, dashboard, frames, wait } = started();
    stage.execute = () => Promise.reject(new SessionError('world', 'its server has ended the connection'));
    dashboard.press([':', 'l', 's', 'return']);
    await wait(100);
    expect(last(frames)?.message).toMatchObject({ tone: 'bad', text: 'its server has ended the connection' });
  });

  test('after a fork both futures are shown', async () => {
    const { stage, dashboard, frames, wait } = started(new FakeStage({ standing: 'past', time: seconds(3) }));
    dashboard.press(['e', '5', 'return', 'y']);
    await wait(100);
    expect(stage.asked).toEqual(['what if write high_wmark_in_bytes 5']);
    expect(last(frames)?.tab).toBe('what if');
  });

  test.each([
    ['the only candidate is taken', 'cat us', ['usage_in_bytes'], 'cat usage_in_bytes ', []],
    ['a cgroup is left open', 'cat w', ['web/'], 'cat web/', []],
    ['a word with a blank is quoted', 'cat a', ['a b'], "cat 'a b' ", []],
    ['of several their beginning', 'cat lo', ['low_a', 'low_b'], 'cat low_', ['low_a', 'low_b']],
  ])('of candidates %s', async (_, line, candidates, text, offered) => {
    const { stage, dashboard, frames, wait } = started();
    stage.candidates = candidates;
    dashboard.press([':', ...line, 'tab']);
    await wait(100);
    expect(last(frames)?.mode).toMatchObject({ kind: 'command', line: { text }, candidates: offered });
  });

  test('Tab goes round the candidates, Shift-Tab back', async () => {
    const { stage, dashboard, frames, wait } = started();
    stage.candidates = ['one', 'other'];
    dashboard.press([':', 'o', 'tab']);
    await wait(100);
    const text = async (key: string): Promise<unknown> => {
      dashboard.press([key]);
      await wait(100);
      const mode = last(frames)?.mode;
      return mode?.kind === 'command' ? mode.line.text : null;
    };
    expect(await text('tab')).toBe('one');
    expect(await text('tab')).toBe('other');
    expect(await text('tab')).toBe('one');
    expect(await text('shift-tab')).toBe('other');
  });

  test('candidates for a line that is another by now are of no use', async () => {
    const { stage, dashboard, frames, wait } = started();
    stage.candidates = ['usage_in_bytes'];
    dashboard.press([':', 'u', 'tab', 'x']);
    await wait(100);
    expect(last(frames)?.mode).toMatchObject({ line: { text: 'ux' } });
  });
});

test('what only the program can do goes to it', async () => {
  const { dashboard, wished, wait } = started();
  dashboard.press(['ctrl-z', 'ctrl-l', 'q', 'ctrl-c']);
  await wait(100);
  expect(wished).toEqual(['suspend', 'redraw', 'quit', 'interrupt']);
});
