import type { Bytes } from '../../kernel/units.ts';

/** What a cgroup's rule keeps: its knobs as they were written, and how far its reclaimer is. Plain data. */
export type PolicyState = AlinuxState | Kswapd2011State | MemoryHighState | ReclaimLoopState;

export interface AlinuxState {
  readonly rule: 'alinux';
  /** Per cent of the limit; 0: off. */
  ratio: number;
  /** 1/10,000 of the limit. */
  scale: number;
  minAdj: number;
  /** Pages that the work in hand is still to free. */
  left: number;
}

export interface Kswapd2011State {
  readonly rule: 'kswapd2011';
  /** Below the limit. Its low is the higher mark: there it starts. */
  lowDistance: Bytes;
  highDistance: Bytes;
  /** Pages charged and uncharged, by 1024, when the usage was last looked at. */
  tick: number;
  /** Pages looked at since the last that was freed. */
  looked: number;
}

export interface MemoryHighState {
  readonly rule: 'memory.high';
  /** PAGE_COUNTER_MAX: none. */
  high: Bytes;
}

export interface ReclaimLoopState {
  readonly rule: 'reclaim-loop';
  /** PAGE_COUNTER_MAX: the loop does nothing. */
  start: Bytes;
  target: Bytes;
  batch: Bytes;
  /** From the end of one look to the next, ms. */
  interval: number;
  /** The batch in hand; null: it looks on. */
  asked: Asked | null;
}

/** Pages that somebody wants freed, and how far that is. */
export interface Asked {
  left: number;
  /** The usage below which nothing more is wanted, pages. */
  readonly above: number;
  /** Passes that may still free nothing. */
  retries: number;
}

/** memory.high: what a task has charged above it, and where its return to user mode stands. */
export interface OverHigh {
  pages: number;
  /** When it began to make up for them, ns; -1: it has not yet. */
  since: number;
  /** What it wants to free in the round in hand, and has freed. */
  wanted: number;
  freed: number;
  retries: number;
  /** It sleeps until then, ns; 0: it is not throttled. */
  until: number;
}
