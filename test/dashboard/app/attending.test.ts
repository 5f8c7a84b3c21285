import { expect, test } from 'vitest';
import { INITIAL_STATE } from '../../../src/dashboard/app/app-state.ts';
import { attending } from '../../../src/dashboard/app/attending.ts';
import { BATCH, cgroup, VIEW, WEB } from '../components/views.ts';

const THRASHING = cgroup('/worse', { health: { word: 'thrashing' } });
const at = (selected: string, chosen = false) => ({
  ...INITIAL_STATE,
  chosen,
  ui: { ...INITIAL_STATE.ui, selected },
});
const selected = (state = at('/default'), cgroups = [cgroup('/'), WEB, BATCH, THRASHING]): string =>
  attending(state, { ...VIEW.snapshot, cgroups }).ui.selected;

test('the one that fares worst is selected until somebody selects another, or stays selected while it fares badly', () => {
  expect(selected()).toBe('/worse');
  expect(selected(at('/web'))).toBe('/worse');
  expect(selected(at('/batch'))).toBe('/batch');
  expect(selected(at('/web', true))).toBe('/web');
});

test('where all is well one in which something happens is', () => {
  expect(selected(at('/default'), [cgroup('/'), cgroup('/default'), WEB])).toBe('/web');
});
