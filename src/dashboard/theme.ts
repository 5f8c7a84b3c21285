import { Chalk } from 'chalk';

type Paint = (text: string) => string;

/** What the graph can be drawn with. */
export type Charset = 'braille' | 'blocks' | 'ascii';
/** Colours of the terminal: none, 16, 256, or all. */
export type ColorLevel = 0 | 1 | 2 | 3;

/**
 * How everything looks. Each colour means one thing, and a sign or a word always says the same:
 * what is drawn without colours can be read as well.
 */
export interface Theme {
  readonly level: ColorLevel;
  readonly charset: Charset;
  /** Work done in the background. */
  readonly background: Paint;
  /** What hurts: limit failures, stalls, OOM kills, refusals. */
  readonly bad: Paint;
  /** low, high and limit, and warnings about them. */
  readonly mark: Paint;
  /** What only names something. */
  readonly label: Paint;
  readonly title: Paint;
  /** The selected row or tab, and the cursor of a prompt. */
  readonly selected: Paint;
  /** A word of health that is bad, to be seen from afar. */
  readonly alarm: Paint;
  /** Time that is not the present: the cursor in the past. */
  readonly past: Paint;
  /** The other future. */
  readonly whatIf: Paint;
}

/** Of this many colours, drawn with these characters. */
export function makeTheme(level: ColorLevel, charset: Charset): Theme {
  const chalk = new Chalk({ level });
  const rich = level >= 2;
  // One argument each: chalk's own would take the index and array of a `map` as more text.
  const paint =
    (style: (text: string) => string): Paint =>
    (text) =>
      text === '' ? '' : style(text);
  return {
    level,
    charset,
    background: paint(rich ? chalk.ansi256(35) : chalk.green),
    bad: paint(rich ? chalk.ansi256(203) : chalk.red),
    mark: paint(rich ? chalk.ansi256(178) : chalk.yellow),
    label: paint(chalk.dim),
    title: paint(chalk.bold),
    selected: paint(chalk.inverse),
    alarm: paint(rich ? chalk.bold.bgAnsi256(160).ansi256(231) : chalk.bold.bgRed.white),
    past: paint(rich ? chalk.ansi256(75) : chalk.cyan),
    whatIf: paint(rich ? chalk.ansi256(170) : chalk.magenta),
  };
}
