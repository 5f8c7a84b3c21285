/** What `memcg shell` and its part inside the namespace tell each other. */

export interface ShellParams {
  /** Of a machine of the shell's own; what is shared is a session that runs already. */
  readonly session: string;
  readonly shared: boolean;
  /** As ResetParams has them; of a machine of its own. */
  readonly boot?: string | null;
  readonly machine?: readonly string[];
  /** null: the user's shell. */
  readonly command: readonly string[] | null;
}

/** The hidden command of the part inside. */
export const INSIDE = '__shell';
/** The descriptor that both parts hold an end of: each hears of the other's end. */
export const LINE = 3;

/** The line from inside: it has begun, in this mount namespace. */
export const BEGUN = 'begun';

/** As shells count them: 128 and the signal's number. */
export const KILLED = 128;
export const NOT_EXECUTABLE = 126;
export const NOT_FOUND = 127;
