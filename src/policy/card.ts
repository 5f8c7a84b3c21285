import type { ControlFile } from '../fs/types.ts';
import { bytesOf, type Pages } from '../kernel/units.ts';

/**
 * A card: everything about one way to reclaim in the background (`machine policy=NAME`) that is the same on
 * every kernel. All of a kernel's reclaim by its own passes, so that what differs is the rule.
 */
export interface Card<F = ControlFile> {
  readonly name: string;
  /** What people know it by, if not by its name. */
  readonly called?: string;
  /** One sentence: what it does. */
  readonly about: string;
  /** The kernel that has it. */
  readonly home: string;
  /** Where it comes from. */
  readonly source: string;
  /** Who reclaims, as reports name it. */
  readonly reclaimer: string;
  readonly runs: 'when woken' | 'by the clock' | 'in tasks' | 'never';
  /** What it calls the usage at which reclaim starts and stops; null: it has no such mark of its own. */
  readonly start: MarkName | null;
  readonly stop: MarkName | null;
  /** The control files that a machine has with it alone, in the order of their registration. */
  readonly files: readonly F[];
  /** The script that boots a machine with it; left out: `boot-NAME.memcg`. */
  readonly boot?: string;
  /**
   * The writes that set these marks on a fresh cgroup, in an order that its rules allow, the limit among
   * them; rounded to its units where these are coarser than a page.
   */
  knobs(marks: WantedMarks): readonly Knob[];
  /** What makes a reclaimer come sooner that is too late, where that is no mark. */
  readonly sooner?: Knob;
  /**
   * How marks are had where the real thing runs, whoever found them; `own`: they were tried under this very rule.
   * Empty: it can't have these.
   */
  forms?(marks: FoundMarks, own: boolean): readonly Form[];
}

/** A mark: its name, the file that shows it and the one that sets it, less `memory.`. */
export interface MarkName {
  readonly name: string;
  readonly file: string;
  readonly knob: string;
}

/** "Reclaim starts above high and stops at low, under limit": low <= high <= limit, pages. */
export interface WantedMarks {
  readonly limit: Pages;
  readonly high: Pages;
  readonly low: Pages;
}

/** `low` is null where the rule that they were found under has none. */
export interface FoundMarks extends Omit<WantedMarks, 'low'> {
  readonly low: Pages | null;
}

/** A control file by its full name, and the text to write. */
export interface Knob {
  readonly file: string;
  readonly value: string;
}

/** Lines to copy, and what to know about them. */
export interface Application {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly note: string;
}

/** One way of writing marks down, with what the lines come to. */
export interface Form extends Application {
  /** What its units make of the marks. */
  readonly marks: WantedMarks;
  /** What is written to control files then, under the card's rule. */
  readonly knobs: readonly Knob[];
}

export const knob = (name: string, value: number | bigint | string): Knob => ({
  file: `memory.${name}`,
  value: `${value}`,
});
export const sizeKnob = (name: string, count: Pages): Knob => knob(name, bytesOf(count));

/** A policy's knobs as they were written, and how far its reclaimer is: plain data of its card, opaque to others. */
export interface PolicyState {
  readonly rule: string;
}

/** A cgroup as far as a rule knows it; `policy` null: the machine's rule keeps nothing. */
export interface Ruled {
  readonly path: string;
  policy: PolicyState | null;
}

/** What a rule keeps of a cgroup, for that rule's own functions and files. */
export function stateOf<S extends PolicyState>({ policy, path }: Ruled, rule: S['rule']): S {
  if (!isOf<S>(policy, rule)) throw new Error(`the rule of ${path} is not ${rule}`);
  return policy;
}

const isOf = <S extends PolicyState>(state: PolicyState | null, rule: S['rule']): state is S =>
  state?.rule === rule;
