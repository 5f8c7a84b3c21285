import type { Executor } from '../run/executor.ts';
import { Deal } from '../run/share.ts';
import type { Finished, Task } from '../sweep.ts';
import { taskKey } from '../sweep.ts';
import type { Joined } from './join.ts';

/**
 * Answers from joined shares. What later rounds ask, which no share could know of, is handed on; what a share
 * should have and has not is left out, and said.
 */
export class JoinedExecutor implements Executor {
  readonly #joined: Joined;
  readonly #deal: Deal;
  readonly #inner: Executor;
  /** Points that are not there, by their share. */
  readonly #missing = new Map<number, number>();

  constructor(joined: Joined, inner: Executor) {
    this.#joined = joined;
    this.#deal = new Deal(joined.of);
    this.#inner = inner;
  }

  /** Which shares keep the sweep from being whole, and what to do, in one sentence; null: none. */
  get missing(): string | null {
    const { shares, of } = this.#joined;
    if (shares === null || this.#missing.size === 0) return null;
    const absent = [...this.#missing.keys()].filter((share) => !shares.includes(share));
    const unfinished = [...this.#missing].filter(([share]) => shares.includes(share));
    const parts = [
      ...(absent.length === 0
        ? []
        : [`of ${of} shares, ${listed(absent)} ${absent.length === 1 ? 'is' : 'are'} missing`]),
      ...unfinished
        .sort(([a], [b]) => a - b)
        .map(
          ([share, points]) => `share ${share}/${of} lacks ${points === 1 ? '1 point' : `${points} points`}`,
        ),
    ];
    return `${parts.join('; ')}: run what is missing, and merge again`;
  }

  async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    const dealt = this.#joined.shares === null ? tasks.map(() => null) : this.#deal.round(tasks);
    const others: Task[] = [];
    tasks.forEach((task, i) => {
      const known = this.#joined.finished.get(taskKey(task));
      const share = dealt[i] ?? 0;
      if (known !== undefined) onFinished(known);
      else if (share === 0) others.push(task);
      else this.#missing.set(share, (this.#missing.get(share) ?? 0) + 1);
    });
    // Nothing comes of a script's later rounds without all of its grid.
    if (others.length > 0) await this.#inner.run(others, onFinished, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** `3`, `3 and 5`, `3, 5 and 6`; runs of many as `3 to 9`. */
function listed(shares: readonly number[]): string {
  const sorted = [...shares].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const share of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === share - 1) last[1] = share;
    else runs.push([share, share]);
  }
  const texts = runs.flatMap(([from, to]) =>
    to - from > 1 ? [`${from} to ${to}`] : from === to ? [`${from}`] : [`${from}`, `${to}`],
  );
  return texts.length === 1 ? texts[0] : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
