import chalk from 'chalk';
import type { Look } from '../../report/look.ts';
import { isTerminal } from './print.ts';

const USUAL_WIDTH = 80;

/** What standard output is like. `width`: as asked, null for the terminal's; `color`: not switched off. */
export function lookOfOutput(width: number | null, color: boolean): Look {
  const { NO_COLOR, FORCE_COLOR, TF_BUILD } = process.env;
  const terminal = isTerminal(1);
  // Where none of these is, chalk need not be loaded to say no.
  const perhaps = terminal || FORCE_COLOR !== undefined || TF_BUILD !== undefined;
  return {
    width: width ?? ((terminal && process.stdout.columns) || USUAL_WIDTH),
    color: color && !NO_COLOR && perhaps && chalk.level > 0,
    unicode: speaksUnicode(),
  };
}

/** False only where the terminal or the locale says that it does not. */
function speaksUnicode(): boolean {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && TERM !== 'linux' && TERM !== 'dumb';
}
