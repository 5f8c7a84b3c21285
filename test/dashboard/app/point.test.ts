import { describe, expect, test } from 'vitest';
import { type AppState, INITIAL_STATE, type Wish } from '../../../src/dashboard/app/app-state.ts';
import { aroundOf } from '../../../src/dashboard/app/around.ts';
import { type Mouse, mouseOf } from '../../../src/dashboard/app/mouse.ts';
import { point } from '../../../src/dashboard/app/point.ts';
import type { Spot } from '../../../src/dashboard/components/spot.ts';
import { FakeStage } from './fake-stage.ts';

const SIZE = { columns: 120, rows: 40 };
const STAGE = new FakeStage();
const AT_WEB: AppState = { ...INITIAL_STATE, chosen: true, ui: { ...INITIAL_STATE.ui, selected: '/web' } };

/** What a mouse makes of the state. */
function done(mice: readonly Mouse[], from = AT_WEB): { state: AppState; wishes: readonly Wish[] } {
  let state = from;
  const wishes: Wish[] = [];
  for (const mouse of mice) {
    const step = point(state, mouse, aroundOf(STAGE, state.ui, SIZE));
    state = step.state;
    if (step.wish !== null) wishes.push(step.wish);
  }
  return { state, wishes };
}

/** The first cell, row by row, in which that is drawn. */
function cellOf(is: (spot: Spot) => boolean): { readonly column: number; readonly row: number } {
  const around = aroundOf(STAGE, AT_WEB.ui, SIZE);
  for (let row = 0; row < SIZE.rows; row += 1)
    for (let column = 0; column < SIZE.columns; column += 1)
      if (is(around.spot({ column, row }))) return { column, row };
  throw new Error('that is drawn nowhere');
}

const press = (is: (spot: Spot) => boolean): Mouse => ({ did: 'press', ...cellOf(is) });

describe('a report of the mouse', () => {
  test.each([
    ['[<0;12;5M', { did: 'press', column: 11, row: 4 }],
    ['[<32;12;5M', { did: 'drag', column: 11, row: 4 }],
    ['[<0;12;5m', { did: 'release', column: 11, row: 4 }],
    ['[<64;1;1M', { did: 'wheel up', column: 0, row: 0 }],
    ['[<65;300;1M', { did: 'wheel down', column: 299, row: 0 }],
    ['[<2;1;1M', 'none'],
    ['j', null],
  ])('%s', (input, mouse) => {
    expect(mouseOf(input)).toEqual(mouse);
  });
});

describe('the mouse', () => {
  test('selects a cgroup, and shows a tab', () => {
    expect(done([press((spot) => spot.on === 'tree' && spot.path === '/batch')]).state.ui.selected).toBe(
      '/batch',
    );
    expect(done([press((spot) => spot.on === 'tab' && spot.tab === 'files')]).state.ui.tab).toBe('files');
  });

  test('goes to the instant of the graph that it points at', () => {
    const { column, row } = cellOf((spot) => spot.on === 'graph' && spot.mark === null);
    const at = { column: column + 30, row };
    const spot = aroundOf(STAGE, AT_WEB.ui, SIZE).spot(at);
    expect(done([{ did: 'press', ...at }]).wishes).toEqual([
      { do: 'go', time: spot.on === 'graph' ? spot.time : null },
    ]);
  });

  test('drags a mark, says where it would be, and asks before it is written', () => {
    const { column, row } = cellOf((spot) => spot.on === 'graph' && spot.mark === 'low');
    const { state: dragging } = done([
      { did: 'press', column, row },
      { did: 'drag', column, row: row + 3 },
    ]);
    expect(dragging.ui.message?.text).toMatch(/^stop \d+(\.\d+)?M$/);
    const { state, wishes } = done([{ did: 'release', column, row: row + 3 }], dragging);
    expect(state.dragged).toBeNull();
    expect(state.ui.mode).toMatchObject({
      kind: 'confirm',
      detail: expect.stringMatching(/^write web\/low_wmark_in_bytes \d+(\.\d+)?[MK]$/),
    });
    expect(wishes).toEqual([]);
    expect(state.asked).toMatchObject({ do: 'execute' });
  });

  test('scrolls what it stands on: the selection, the span of time, the lines of a tab', () => {
    const wheel = (did: Mouse['did'], is: (spot: Spot) => boolean): AppState['ui'] =>
      done([{ did, ...cellOf(is) }]).state.ui;
    expect(wheel('wheel up', ({ on }) => on === 'tree').selected).toBe('/batch');
    expect(wheel('wheel up', ({ on }) => on === 'graph').span).not.toBeNull();
    expect(wheel('wheel down', ({ on }) => on === 'tab').scroll).toBeGreaterThanOrEqual(0);
  });
});
