import type { TextProps } from 'ink';
import { createContext } from 'react';

/** What the graph can be drawn with. */
export type Charset = 'braille' | 'blocks' | 'ascii';
/** Colours of the terminal: none, 16, 256, or all. */
export type ColorLevel = 0 | 1 | 2 | 3;

/** What a text means: each colour means one thing. */
type Meaning =
  /** Work done in the background. */
  | 'background'
  /** What hurts: limit failures, stalls, OOM kills, refusals. */
  | 'bad'
  /** low, high and limit, and warnings about them. */
  | 'mark'
  /** What only names something. */
  | 'label'
  | 'title'
  /** The selected row or tab, and the cursor of a prompt. */
  | 'selected'
  /** A word of health that is bad, to be seen from afar. */
  | 'alarm'
  /** Time that is not the present: the cursor in the past. */
  | 'past'
  /** The other future. */
  | 'whatIf';
/** One, or two at once. */
export type Look = Meaning | `${Meaning} ${Meaning}`;

type Style = Pick<TextProps, 'color' | 'backgroundColor' | 'bold' | 'dimColor' | 'inverse'>;

/**
 * How everything looks. A sign or a word always says what a colour does: what is drawn without
 * colours can be read as well.
 */
export interface Theme {
  readonly level: ColorLevel;
  readonly charset: Charset;
  readonly styleOf: (look: Look) => Style;
}

const SIXTEEN: Readonly<Record<Meaning, Style>> = {
  background: { color: 'green' },
  bad: { color: 'red' },
  mark: { color: 'yellow' },
  label: { dimColor: true },
  title: { bold: true },
  selected: { inverse: true },
  alarm: { bold: true, color: 'white', backgroundColor: 'red' },
  past: { color: 'cyan' },
  whatIf: { color: 'magenta' },
};
const RICH: Readonly<Record<Meaning, Style>> = {
  ...SIXTEEN,
  background: { color: 'ansi256(35)' },
  bad: { color: 'ansi256(203)' },
  mark: { color: 'ansi256(178)' },
  alarm: { bold: true, color: 'ansi256(231)', backgroundColor: 'ansi256(160)' },
  past: { color: 'ansi256(75)' },
  whatIf: { color: 'ansi256(170)' },
};

/** Of this many colours, drawn with these characters. */
export function makeTheme(level: ColorLevel, charset: Charset): Theme {
  const styles = level >= 2 ? RICH : SIXTEEN;
  const styleOf = (look: Look): Style =>
    level === 0 ? {} : Object.assign({}, ...look.split(' ').map((each) => styles[each as Meaning]));
  return { level, charset, styleOf };
}

export const ThemeContext = createContext(makeTheme(0, 'ascii'));
