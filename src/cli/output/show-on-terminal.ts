import chalk from 'chalk';
import type { DashboardSettings, Left } from '../../dashboard/app/run.tsx';
import type { Stage } from '../../dashboard/stage/stage.ts';
import { type Charset, makeTheme, type Theme } from '../../dashboard/theme.ts';
import { lookOfOutput } from './look.ts';
import { standardOutput } from './print.ts';

/**
 * Ink asks for these as it is loaded. Where a shell is in CI it would draw nothing before its end, though this
 * is a terminal; for DEV it would look for React's devtools, and for its own package.json.
 */
const ASKED_BY_INK = ['CI', 'CONTINUOUS_INTEGRATION', 'DEV'];

/** The stage on standard output, which is a terminal, until one leaves it. */
export async function showOnTerminal(
  stage: Stage,
  { color, selected, chosen }: Pick<DashboardSettings, 'selected' | 'chosen'> & { readonly color: boolean },
): Promise<Left> {
  const theme = screenTheme(color);
  const { runDashboard } = await import('../../dashboard/app/run.tsx');
  return runDashboard(stage, { stdout: standardOutput(), theme, selected, chosen });
}

/** How a screen looks on standard output, which is a terminal: to be asked before ink is loaded. */
export function screenTheme(color: boolean): Theme {
  for (const name of ASKED_BY_INK) delete process.env[name];
  const look = lookOfOutput(null, color);
  return makeTheme(look.color ? chalk.level : 0, charset(look.unicode ?? true));
}

/** MEMCG_GRAPH: for fonts whose braille is no good. */
function charset(unicode: boolean): Charset {
  const { MEMCG_GRAPH: asked } = process.env;
  if (asked === 'braille' || asked === 'blocks' || asked === 'ascii') return asked;
  return unicode ? 'braille' : 'ascii';
}
