import { pageSize, shortDuration } from '../../kernel/numbers.ts';
import { encodeText } from '../../kernel/text.ts';
import type { Pages } from '../../kernel/units.ts';
import { type ReplayJson, toJson, toLimitJson, toPolicyJson, toRunsJson } from '../../report/json.ts';
import { pointsOf, renderLimits } from '../../report/limit-runs.ts';
import type { Look } from '../../report/look.ts';
import { policyOf } from '../../report/policy-runs.ts';
import { renderComparison, renderPolicies, renderReport } from '../../report/text.ts';
import type { RunResult } from '../../script/result.ts';
import { errorText } from './error-text.ts';
import { drained, put } from './print.ts';
import { Progress } from './progress.ts';

/** Under which runs were made, in the order of these; null: something else sets them apart. */
type Limits = readonly Pages[] | null;

/** Where the results of `memcg replay` go. */
export interface ReplayOutput {
  /** What scripts print, as they print it; null: nobody sees it. */
  readonly print: ((text: string) => void) | null;
  /** What scripts print is wanted in the result. */
  readonly keepOutput: boolean;
  /** It draws usage over time. */
  readonly draws: boolean;
  /** A run has come so far in virtual time, ns. */
  progress(script: string, now: number): void;
  /** Resolves when what was printed has flowed off. */
  drained(): Promise<void>;
  /**
   * A script has run; `off` is its run without background reclaim, `others` those under other policies, or, with that of
   * `on` the first, under these limits.
   */
  show(on: RunResult, off: RunResult | null, others: readonly RunResult[], limits: Limits): void;
  end(): void;
}

/** What is printed is written in pieces of about so many characters. */
const PIECE = 1 << 14;

const timeOf = (script: string, now: number): string => `${script}: ${shortDuration(now)} of virtual time`;

/** For people: reports on stdout, why a run ended early on stderr. */
export class TextOutput implements ReplayOutput {
  readonly keepOutput = false;
  readonly draws = true;
  readonly #progress = new Progress();
  readonly #look: Look;
  #pending = '';
  /** Something is above the next report. */
  #above = false;

  constructor(look: Look) {
    this.#look = look;
  }

  readonly print = (text: string): void => {
    this.#pending += text;
    if (this.#pending.length >= PIECE) this.#flush();
  };

  progress(script: string, now: number): void {
    this.#flush();
    this.#progress.tell(() => timeOf(script, now));
  }

  async drained(): Promise<void> {
    this.#flush();
    await drained();
  }

  show(on: RunResult, off: RunResult | null, others: readonly RunResult[], limits: Limits): void {
    this.#flush();
    this.#progress.clear();
    if (on.options !== null) {
      const report =
        limits === null
          ? this.#report(on, off, others)
          : renderLimits(pointsOf([on, ...others], limits), this.#look);
      put(`${this.#above ? '\n' : ''}${report}`);
      this.#above = true;
    }
    for (const [i, run] of [on, ...others].entries()) {
      if (run.error === null) continue;
      const apart = limits === null ? `policy=${policyOf(run)}` : `limit=${pageSize(limits[i])}`;
      const under = others.length > 0 ? `under ${apart}:\n` : '';
      process.stderr.write(under + errorText(run.error));
    }
  }

  end(): void {}

  #report(on: RunResult, off: RunResult | null, others: readonly RunResult[]): string {
    if (others.length > 0) return renderPolicies([on, ...others], this.#look);
    return off === null ? renderReport(on, this.#look) : renderComparison(on, off, this.#look);
  }

  #flush(): void {
    if (this.#pending === '') return;
    this.#progress.clear();
    this.#above = true;
    put(encodeText(this.#pending));
    this.#pending = '';
  }
}

/** For programs: one JSON object on stdout, whatever happens. */
export class JsonOutput implements ReplayOutput {
  readonly print = null;
  readonly keepOutput = true;
  readonly draws = false;
  readonly #progress = new Progress();
  readonly #several: boolean;
  readonly #runs: ReplayJson[] = [];

  /** `several`: scripts were named, so a list of runs is printed. */
  constructor(several: boolean) {
    this.#several = several;
  }

  progress(script: string, now: number): void {
    this.#progress.tell(() => timeOf(script, now));
  }

  async drained(): Promise<void> {}

  show(on: RunResult, off: RunResult | null, others: readonly RunResult[], limits: Limits): void {
    this.#progress.clear();
    if (limits !== null) this.#runs.push(...[on, ...others].map((run, i) => toLimitJson(run, limits[i])));
    else if (others.length > 0) this.#runs.push(...[on, ...others].map(toPolicyJson));
    else this.#runs.push(off === null ? toJson(on) : toJson(on, off));
  }

  end(): void {
    const json = this.#several || this.#runs.length > 1 ? toRunsJson(this.#runs) : this.#runs[0];
    put(`${JSON.stringify(json, null, 2)}\n`);
  }
}

/** For a report that has standard output to itself: errors on stderr, and nothing else. */
export class ErrorOutput implements ReplayOutput {
  readonly print = null;
  readonly keepOutput = false;
  readonly draws = false;
  readonly #progress = new Progress();

  progress(script: string, now: number): void {
    this.#progress.tell(() => timeOf(script, now));
  }

  async drained(): Promise<void> {}

  show(on: RunResult, _off: RunResult | null, others: readonly RunResult[]): void {
    this.#progress.clear();
    for (const { error } of [on, ...others]) if (error !== null) process.stderr.write(errorText(error));
  }

  end(): void {}
}
