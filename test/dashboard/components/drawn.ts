import chalk from 'chalk';
import { renderToString } from 'ink';
import { createElement, type ReactNode } from 'react';
import { makeTheme, type Theme, ThemeContext } from '../../../src/dashboard/theme.ts';

export const PLAIN = makeTheme(0, 'braille');

/** The rows that ink makes of this, without the blanks at their ends. */
export function drawn(element: ReactNode, columns: number, theme: Theme = PLAIN): string[] {
  chalk.level = theme.level;
  return renderToString(createElement(ThemeContext, { value: theme }, element), { columns }).split('\n');
}
