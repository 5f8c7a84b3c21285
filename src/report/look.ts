import { Chalk } from 'chalk';

/** What the paper is like that a report goes to. */
export interface Look {
  /** Columns of the terminal; no line is wider. Less than MIN_WIDTH counts as MIN_WIDTH. */
  readonly width: number;
  readonly color: boolean;
  /** false: plain ASCII. */
  readonly unicode: boolean;
}

export const MIN_WIDTH = 20;

type Paint = (text: string) => string;

/** Colours by what they mean; each means one thing, and nothing is said by colour alone. */
export interface Palette {
  readonly title: Paint;
  /** Work done in the background. */
  readonly background: Paint;
  /** What hurts: limit failures, stalls, OOM kills, failed expectations. */
  readonly bad: Paint;
  /** low, high and limit, and warnings about them. */
  readonly mark: Paint;
  readonly label: Paint;
}

const plain: Paint = (text) => text;

export function palette(color: boolean): Palette {
  if (!color) return { title: plain, background: plain, bad: plain, mark: plain, label: plain };
  const chalk = new Chalk({ level: 1 });
  // One argument each: chalk's own would take the index and array of a `map` as more text.
  return {
    title: (text) => chalk.bold(text),
    background: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    mark: (text) => chalk.yellow(text),
    label: (text) => chalk.dim(text),
  };
}
