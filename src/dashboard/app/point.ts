import { pageSize } from '../../kernel/numbers.ts';
import { pages } from '../../kernel/units.ts';
import { roundDown, typed } from '../../report/advice.ts';
import { MARK_LINES } from '../draw/mark-labels.ts';
import { type AppState, type Around, type Step, say, stay, withUi } from './app-state.ts';
import { browse } from './browse.ts';
import type { Mouse } from './mouse.ts';
import { press } from './press.ts';
import { asked } from './question.ts';

/** Lines that a turn of the wheel scrolls. */
const LINES = 3;

/** What a mouse makes of the state: it selects, scrolls, goes through time, and drags a mark. */
export function point(state: AppState, mouse: Mouse, around: Around): Step {
  const { mode } = state.ui;
  if (mode.kind === 'help' || mode.kind === 'answer') return wheel(state, mouse, around);
  if (mode.kind !== 'browse') return stay(state);
  const { dragged } = state;
  if (dragged !== null) {
    const spot = around.spot(mouse);
    const size = spot.on === 'graph' ? roundDown(spot.size) : dragged.size;
    const { says } = MARK_LINES.find(({ name }) => name === dragged.mark) ?? { says: '' };
    if (mouse.did !== 'release')
      return stay(say({ ...state, dragged: { ...dragged, size } }, `${says} ${pageSize(pages(size))}`));
    return letGo({ ...state, dragged: null }, { ...dragged, size }, around);
  }
  if (mouse.did !== 'press') return wheel(state, mouse, around);
  const spot = around.spot(mouse);
  switch (spot.on) {
    case 'tree':
      return stay({ ...withUi(state, { selected: spot.path, scroll: 0 }), chosen: true });
    case 'tab':
      return spot.tab === null ? stay(state) : browse(state, { do: 'show', tab: spot.tab }, around);
    case 'graph':
      if (spot.mark !== null) return stay({ ...state, dragged: { mark: spot.mark, size: spot.size } });
      return spot.time >= around.clock.present
        ? browse(state, { do: 'present' }, around)
        : { state: { ...state, going: spot.time }, wish: { do: 'go', time: spot.time } };
    case 'nothing':
      return stay(state);
  }
}

function wheel(state: AppState, mouse: Mouse, around: Around): Step {
  if (mouse.did !== 'wheel up' && mouse.did !== 'wheel down') return stay(state);
  const by = mouse.did === 'wheel up' ? -1 : 1;
  const { mode } = state.ui;
  if (mode.kind === 'help' || mode.kind === 'answer') return press(state, by < 0 ? 'up' : 'down', around);
  const { on } = around.spot(mouse);
  if (on === 'tree') return browse(state, { do: 'select', by }, around);
  if (on === 'graph') return browse(state, { do: 'zoom', by }, around);
  if (on === 'nothing') return stay(state);
  const { most, fromEnd } = around.scroll();
  const scroll = Math.max(0, Math.min(most, state.ui.scroll) + LINES * (fromEnd ? -by : by));
  return stay(withUi(state, { scroll: Math.min(most, scroll) }));
}

/** What is let go of is written, after a question. */
function letGo(state: AppState, { mark, size }: NonNullable<AppState['dragged']>, around: Around): Step {
  const row = around.rows.find(({ cgroup }) => cgroup.path === state.ui.selected);
  const line = row === undefined ? '' : typed(row.cgroup, { [mark]: size });
  const next = withUi(state, { message: null });
  return line === '' ? stay(next) : asked(next, { do: 'execute', line, edits: null }, around, true);
}
