import type { MachineOptions } from '../machine/machine.ts';
import type { Content } from '../report/html/content.ts';

/** What the playground and its worker say to each other. */

export interface Play {
  readonly id: number;
  /** A lesson's name, as errors name it. */
  readonly script: string;
  readonly text: string;
  /** The scripts that boot machines, by their names. */
  readonly boots: Readonly<Record<string, string>>;
}

export interface Played {
  readonly id: number;
  readonly content: Content;
  readonly events: readonly Told[];
  /** What is wrong, and where. */
  readonly faults: readonly Fault[];
  /** The machine that it ran on; null: none was booted. */
  readonly options: MachineOptions | null;
  /** How long the script ran, ns of virtual time. */
  readonly until: number;
}

/** An event, or several that belong together, in the words of the dashboard. */
export interface Told {
  readonly time: number;
  readonly text: string;
}

export interface Fault {
  /** From 1; 0: of no line. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}
