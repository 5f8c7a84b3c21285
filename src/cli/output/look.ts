import chalk from 'chalk';
import type { Look } from '../../report/look.ts';
import { isTerminal } from './print.ts';

const USUAL_WIDTH = 80;

/** What standard output is like. `width`: as asked, null for the terminal's; `color`: not switched off. */
export function lookOfOutput(width: number | null, color: boolean): Look {
  const { NO_COLOR } = process.env;
  return {
    width: width ?? ((isTerminal(1) && process.stdout.columns) || USUAL_WIDTH),
    color: color && chalk.level > 0 && !NO_COLOR,
    unicode: speaksUnicode(),
  };
}

/** False only where the terminal or the locale says that it does not. */
function speaksUnicode(): boolean {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && TERM !== 'linux' && TERM !== 'dumb';
}
