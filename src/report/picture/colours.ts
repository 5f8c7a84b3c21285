/**
 * Colours by what they mean, each with one meaning, and nothing said by colour alone: marks are told
 * apart by their form, failures by their place. test/report/colours.test.ts holds their contrast
 * and that people who are blind to red or green see the same differences.
 */
export interface Colours {
  readonly paper: string;
  /** Text, and the lines of the marks. */
  readonly ink: string;
  /** What may be overlooked: axes, notes. */
  readonly quiet: string;
  readonly grid: string;
  readonly usage: string;
  /** The reclaimer at work. */
  readonly awake: string;
  /** What hurts: limit failures, stalls, OOM kills. */
  readonly bad: string;
}

export const LIGHT: Colours = {
  paper: '#ffffff',
  ink: '#1b1f24',
  quiet: '#59636e',
  grid: '#e3e7eb',
  usage: '#0059b3',
  awake: '#008060',
  bad: '#c43302',
};

export const DARK: Colours = {
  paper: '#0d1117',
  ink: '#f0f3f6',
  quiet: '#a3adb8',
  grid: '#2a313a',
  usage: '#5cb0ff',
  awake: '#36d6b4',
  bad: '#ff7d4d',
};

/** How strongly time is shaded in which the reclaimer was awake all the time, and hardly ever. */
export const AWAKE_OPACITY = { least: 0.05, most: 0.42 } as const;
