import { Mistake } from '../../script/mistake.ts';
import type { Finished, Task } from '../sweep.ts';
import { taskKey } from '../sweep.ts';
import type { Executor } from './executor.ts';
import { NONE } from './point-marks.ts';

/** Which part of a sweep is run here, of how many: from 1. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

const MOST_SHARES = 100_000;

/** Reads `I/N`. */
export function parseShare(text: string): Share | Mistake {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || of === undefined)
    return new Mistake(`--shard ${text}: a share is I/N, as in 3/8: the third of eight`, 0);
  if (of < 1 || of > MOST_SHARES)
    return new Mistake(`--shard ${text}: there are 1 to ${MOST_SHARES} shares`, 0);
  if (index < 1 || index > of)
    return new Mistake(
      `--shard ${text}: shares of ${of} are counted from 1 to ${of} (of 0 to ${of - 1}, add 1)`,
      0,
    );
  return { index, of };
}

export const shareText = ({ index, of }: Share): string => `share ${index}/${of}`;

/**
 * How the points of a sweep are shared out. A script's first rounds ask how it goes without background
 * reclaim: that is little, what follows depends on it, and every share runs it. The round after that, the grid,
 * is dealt out like cards, pair of marks by pair of marks. Later rounds depend on all of the grid: they belong to
 * whoever joins the shares.
 */
export class Deal {
  readonly #of: number;
  /** Scripts whose grid has been dealt. */
  readonly #dealt = new Set<number>();

  constructor(of: number) {
    this.#of = of;
  }

  /** A round's tasks, whole and in its order: the share of each; 0: of every share, null: of none. */
  round(tasks: readonly Task[]): (number | null)[] {
    const shares = new Map<string, number>();
    const now = new Set<number>();
    const dealt = tasks.map((task) => {
      if (task.point.policy === NONE) return 0;
      if (this.#dealt.has(task.script)) return null;
      now.add(task.script);
      // All seeds to one share: so what is whole in a share is of use without the others.
      const marks = taskKey({ ...task, point: { ...task.point, seed: 0 } });
      const share = shares.get(marks) ?? (shares.size % this.#of) + 1;
      shares.set(marks, share);
      return share;
    });
    for (const script of now) this.#dealt.add(script);
    return dealt;
  }
}

/** Hands on what belongs to one share. */
export class ShareExecutor implements Executor {
  readonly #share: Share;
  readonly #deal: Deal;
  readonly #inner: Executor;

  constructor(share: Share, inner: Executor) {
    this.#share = share;
    this.#deal = new Deal(share.of);
    this.#inner = inner;
  }

  run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    const shares = this.#deal.round(tasks);
    const ours = tasks.filter((_, i) => shares[i] === 0 || shares[i] === this.#share.index);
    return this.#inner.run(ours, onFinished, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
