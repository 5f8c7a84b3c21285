/** The time outside the machine, and turns of the event loop. */
export interface Wall {
  /** Ms from anywhere; never goes back. */
  now(): number;
  /** Ms since 1970, as the system has it: it may jump. */
  date(): number;
  /** Calls after so many ms; what it answers ends the wait. */
  after(ms: number, act: () => void): () => void;
  /** Calls in the next turn. */
  soon(act: () => void): void;
}

export const realWall: Wall = {
  now: () => performance.now(),
  date: Date.now,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  soon: setImmediate,
};
