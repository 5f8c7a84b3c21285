import { ns, pages } from '../kernel/units.ts';
import { ERRATA_SETS, Machine, type Operation } from '../machine/machine.ts';
import { Answers, numberOf, textOf } from './answers.ts';
import { DIALECT, type Kind, type RecordedLine, type Value } from './kind.ts';
import { countAllowed } from './reader.ts';

/** Usage, failcnt and the thread's counters after every page, or every MiB, that a task reads. */

export const trace: Kind = {
  name: 'trace',
  about: 'page by page and MiB by MiB: usage, failcnt, passes, pages freed, sleeps, charges above high',
  recording: 'trace.jsonl',
  dialect: DIALECT,
  fields: (
    'kernel case what ncpu limit_pages high_pages low_pages step_pages pause_us fadv_random exit ' +
    'fields rows usage_pages failcnt run'
  ).split(' '),
  run(lines) {
    const answers = new Answers();
    let reader: Reader | null = null;
    for (const line of lines) {
      if (Array.isArray(line.fields['rows'])) {
        reader = new Reader(line);
        reader.run(answers);
      } else if (reader !== null) reader.settle(line, answers);
      else answers.skip(line, 'nothing was read before it settled');
    }
    return answers;
  },
};

const COLUMNS = ['usage_pages', 'failcnt', 'passes', 'reclaimed_pages', 'sleeps', 'over_high', 'pgpgin'];
const PGPGIN = COLUMNS.indexOf('pgpgin');
/** Windows that are read ahead when a step has ended. */
const AHEAD = 32;
const CGROUP = '/reader';
const TASK = 'reader';

class Reader {
  readonly #line: RecordedLine;
  readonly #machine: Machine;
  readonly #name: string;
  readonly #step: number;
  readonly #ahead: boolean;
  readonly #oneCpu: boolean;
  /** Pages that the recorded reader charged beside those of its file; and how many of them we have read. */
  #beside: number;
  #metadata = 0;
  #last = 0;

  constructor(line: RecordedLine) {
    const { fields } = line;
    this.#line = line;
    this.#oneCpu = fields['ncpu'] === 1;
    this.#name = `${textOf(fields['case'])}, ${this.#oneCpu ? 'one CPU' : `${fields['ncpu']} CPUs`}`;
    this.#step = numberOf(fields['step_pages']);
    this.#ahead = fields['fadv_random'] === 0;
    this.#beside = this.#ahead ? AHEAD : 0;
    this.#machine = Machine.boot({ cpus: numberOf(fields['ncpu']), errata: ERRATA_SETS['recorded'] ?? [] });
    this.#do({ op: 'mkdir', path: CGROUP });
    for (const mark of ['low_wmark', 'high_wmark', 'limit']) {
      const size = numberOf(fields[`${mark.replace('_wmark', '')}_pages`]) * 4096;
      const data = new TextEncoder().encode(String(size));
      this.#do({ op: 'write', path: `${CGROUP}/memory.${mark}_in_bytes`, data });
    }
    this.#do({ op: 'spawn', task: TASK, cgroup: CGROUP });
  }

  run(answers: Answers): void {
    const rows = this.#line.fields['rows'];
    if (!Array.isArray(rows)) return;
    // The recorded file goes on behind what is read of it, so there is something to read ahead.
    this.#do({ op: 'truncate', file: 'data', pages: pages(2 * this.#step * rows.length) });
    for (const [index, row] of rows.entries()) {
      if (!Array.isArray(row)) continue;
      const recorded: Value[] = [...row];
      this.#readBeside(numberOf(recorded[PGPGIN]) - (index + 1) * this.#step);
      this.#read('data', index * this.#step, this.#step, this.#ahead);
      this.#compare(answers, index, recorded, this.#row(), index === rows.length - 1);
      this.#pause();
    }
  }

  /** What changed in the 200 ms after the last read: nothing, but that the reader has gone with its own pages. */
  settle(line: RecordedLine, answers: Answers): void {
    this.#do({ op: 'kill', task: TASK, signal: 'KILL' });
    this.#do({ op: 'sleep', until: ns(this.#machine.now + 2e8) });
    const rows = this.#line.fields['rows'];
    const end: unknown = Array.isArray(rows) ? rows.at(-1) : null;
    const recorded = numberOf(line.fields['usage_pages']) - numberOf(Array.isArray(end) ? end[0] : null);
    const found = this.#machine.usage(CGROUP).usage - this.#last;
    answers.compare(this.#name, 'usage_pages gained after 200 ms', recorded, found, (a, b) =>
      b === 0 && Math.abs(Number(a)) <= 1 ? "reader's start" : null,
    );
  }

  /** Charges as many pages beside the file as the recorded reader had charged by now: its start, and metadata. */
  #readBeside(count: number): void {
    for (; this.#beside < count; this.#beside += 1) {
      this.#read('metadata', this.#metadata, 1, false);
      this.#metadata += 1;
    }
  }

  #read(file: string, at: number, count: number, readahead: boolean): void {
    const base = {
      kind: 'stream',
      file,
      write: false,
      random: false,
      times: 1,
      rate: null,
      readahead,
    } as const;
    const behaviour = { ...base, pages: pages(count), at: pages(at), block: pages(count) };
    this.#do({ op: 'run', task: TASK, behaviour });
  }

  #row(): Value[] {
    const { usage } = this.#machine.usage(CGROUP);
    const text = this.#machine.read(`${CGROUP}/memory.failcnt`);
    const stat = this.#machine.counters(CGROUP);
    this.#last = usage;
    const failcnt = text.ok ? Number(text.value) : Number.NaN;
    return [usage, failcnt, stat.bgPasses, stat.bgReclaimed, stat.bgSleeps, stat.overHigh, stat.pgpgin];
  }

  #pause(): void {
    const pause = numberOf(this.#line.fields['pause_us']);
    if (pause > 0) this.#do({ op: 'sleep', until: ns(this.#machine.now + pause * 1000) });
  }

  #compare(answers: Answers, index: number, recorded: Value[], found: Value[], last: boolean): void {
    if (this.#oneCpu || !last) {
      answers.compare(this.#name, `after step ${index + 1}`, recorded, found, () =>
        // Before the first page is read the recorder has charged, and given back, a page of its own.
        index === 0 ? "reader's start" : this.#oneCpu ? null : 'two CPUs',
      );
      return;
    }
    for (const [column, name] of COLUMNS.entries()) {
      const close = name === 'passes' || name === 'reclaimed_pages';
      const allow = name === 'usage_pages' ? () => 'two CPUs' as const : countAllowed(close, 1);
      answers.compare(this.#name, `${name} at the end`, recorded[column], found[column], allow);
    }
  }

  #do(operation: Operation): void {
    const result = this.#machine.perform(operation);
    if (result === null) this.#machine.run(null);
    else if (!result.ok) throw new Error(`${operation.op}: ${result.errno}: ${result.why}`);
  }
}
