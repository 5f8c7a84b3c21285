import chalk from 'chalk';
import { type DashboardSettings, type Left, runDashboard } from '../../dashboard/app/run.tsx';
import type { Stage } from '../../dashboard/stage.ts';
import { openKeyboard } from '../../dashboard/terminal/terminal.ts';
import { type Charset, makeTheme } from '../../dashboard/theme.ts';
import { SessionError } from '../../session/session-error.ts';
import { lookOfOutput } from './look.ts';

/** The stage on standard output, which is a terminal, until one leaves it. */
export async function showOnTerminal(
  stage: Stage,
  { color, selected, chosen }: Pick<DashboardSettings, 'selected' | 'chosen'> & { readonly color: boolean },
): Promise<Left> {
  const keyboard = openKeyboard();
  if (keyboard === null) throw new SessionError('world', 'there is no terminal that keys could come from');
  const look = lookOfOutput(null, color);
  const theme = makeTheme(look.color ? chalk.level : 0, charset(look.unicode ?? true));
  return runDashboard(stage, { keyboard, stdout: process.stdout, theme, selected, chosen });
}

/** MEMCG_GRAPH: for fonts whose braille is no good. */
function charset(unicode: boolean): Charset {
  const { MEMCG_GRAPH: asked } = process.env;
  if (asked === 'braille' || asked === 'blocks' || asked === 'ascii') return asked;
  return unicode ? 'braille' : 'ascii';
}
