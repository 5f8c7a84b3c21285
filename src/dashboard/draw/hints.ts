import type { UiState } from '../ui-state.ts';
import { selectedRow, type View } from '../view.ts';

/** A key and what it does now. */
export type Hint = readonly [keys: string, what: string];

/** The keys that matter where one is, the most useful first. */
export function hintsOf(view: View, ui: UiState): readonly Hint[] {
  if (ui.mode.kind === 'help' || ui.mode.kind === 'answer')
    return [
      ['PgUp PgDn', 'scroll'],
      ['Esc', 'back'],
    ];
  const { standing, paused, ended } = view.clock;
  const pause: readonly Hint[] = ended === null ? [['space', paused ? 'go on' : 'pause']] : [];
  const pace: readonly Hint[] = ended === null ? [['[ ]', 'speed']] : [];
  const time: readonly Hint[] =
    standing === 'present'
      ? [...pause, ['←→', 'back in time']]
      : [
          ['←→', 'move in time'],
          ...(standing === 'past' ? [['space', paused ? 'play' : 'stop'] as const] : []),
          ['G', 'to the present'],
        ];
  const advised = selectedRow(view.snapshot, ui).health.advice === '' ? [] : [['a', 'do that'] as const];
  const edit: Hint = ['e', standing === 'past' ? 'what if?' : 'edit'];
  const here: readonly Hint[] =
    ui.tab === 'files' ? [edit, ['J K', 'file']] : view.fork !== null ? [['x', 'drop what if']] : [edit];
  return [
    ['?', 'help'],
    ['q', 'quit'],
    ['↑↓', 'select'],
    ...advised,
    ['Tab', 'next tab'],
    ...here,
    ...time,
    [':', 'command'],
    ['+-', 'zoom'],
    ['z', ui.only === null ? 'enlarge' : 'other part'],
    ['!', 'next unwell'],
    ['/', 'filter'],
    ['< > S', 'sort'],
    ['f', 'fold'],
    ...pace,
    ['.', 'step'],
    ['n', 'next event'],
  ];
}
