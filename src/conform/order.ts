import { ERRATA_SETS, type MachineOptions, type Result } from '../machine/machine.ts';
import { Answers, bytesOfText, resultName, returned, secondRun, textOf } from './answers.ts';
import type { Boot } from './front.ts';
import { inProcess } from './in-process.ts';
import { type Comparison, DIALECT, type Kind, type RecordedLine } from './kind.ts';
import { Operator } from './operator.ts';
import { failcntAllowed, usageAllowed } from './reader.ts';

/** Sequences of writes and work on one cgroup; every value is compared after every step. */

const FIELDS = (
  'kernel seq step do result ret ms limit high low usage max_usage failcnt daemon memcontd ' +
  'task_died_sig run2'
).split(' ');

interface Setting extends Pick<MachineOptions, 'errata'> {
  /** What passes free in vain decides, and they take time: failcnt counts time. */
  readonly timed: boolean;
}

export const order: Kind = {
  name: 'order',
  about: 'sequences of writes in every order, with tasks that read files and hold memory',
  recording: 'abi-order.jsonl',
  dialect: DIALECT,
  fields: FIELDS,
  run: (lines, boot = inProcess) =>
    runSequences(lines, { errata: ERRATA_SETS['recorded'] ?? [], timed: false }, boot),
};

export const verbatim: Kind = {
  name: 'verbatim',
  about: 'sequences over the limit, with the charge block of 3/4 exactly as posted',
  recording: 'abi-order.verbatim.jsonl',
  dialect: DIALECT,
  fields: FIELDS,
  run: (lines, boot = inProcess) =>
    runSequences(lines, { errata: ERRATA_SETS['posted'] ?? [], timed: true }, boot),
};

function runSequences(lines: readonly RecordedLine[], setting: Setting, boot: Boot): Comparison {
  const answers = new Answers();
  let sequence: Sequence | null = null;
  for (const line of lines) {
    const name = textOf(line.fields['seq']);
    if (sequence === null || sequence.name !== name) sequence = new Sequence(name, setting, boot, answers);
    sequence.run(line);
  }
  return answers;
}

const CGROUP = '/seq';
const FILE = 'data';
const HOLDER = 'holder';
/** So long the recorder waited for a task to have touched its memory. */
const PATIENCE = 5000;
const SIGKILL = 9;

/** The files that a step may write, by the short names of the recording. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  limit: 'limit_in_bytes',
  high: 'high_wmark_in_bytes',
  low: 'low_wmark_in_bytes',
};

/** How a step went, and what it returned if well. */
interface Done {
  readonly result: Result<unknown>;
  readonly count: number;
}

class Sequence {
  readonly name: string;
  readonly #operator: Operator;
  readonly #answers: Answers;
  readonly #timed: boolean;
  #next = 0;
  #broken = false;
  #filesRead = 0;
  #holding = false;

  constructor(name: string, setting: Setting, boot: Boot, answers: Answers) {
    this.name = name;
    this.#operator = new Operator(boot(setting.errata));
    this.#operator.do({ op: 'mkdir', path: CGROUP });
    this.#answers = answers;
    this.#timed = setting.timed;
  }

  run(line: RecordedLine): void {
    const { step } = line.fields;
    const words = textOf(line.fields['do']);
    if (step !== undefined && step !== this.#next) this.#broken = true;
    if (this.#broken) {
      this.#answers.skip(line, `a step of the sequence ${this.name} before it is missing`);
      return;
    }
    this.#next += 1;
    let result: Done | null = null;
    const said = this.#answers.orSkip(line, () => {
      result = this.#do(words);
    });
    if (result === null) {
      this.#broken = true;
      if (!said) return;
      this.#answers.skip(line, `nobody knows how to do ${words}`);
      return;
    }
    this.#compare(line, words, result);
  }

  #do(words: string): Done | null {
    const operator = this.#operator;
    const done = { result: { ok: true, value: undefined } as const, count: 0 };
    const [word = '', argument = ''] = words.split(' ');
    switch (word) {
      case '@sleep':
        operator.sleep(Number(argument));
        return done;
      case '@file':
        this.#filesRead += 1;
        operator.readFile('reader', CGROUP, FILE, Number(argument));
        return done;
      case '@anon':
        operator.do({ op: 'spawn', task: HOLDER, cgroup: CGROUP });
        this.#holding = true;
        operator.touch(HOLDER, Number(argument), PATIENCE);
        return done;
      case '@task':
        this.#holding = true;
        return { result: operator.do({ op: 'spawn', task: HOLDER, cgroup: CGROUP }), count: 0 };
      case '@kill':
        operator.do({ op: 'kill', task: HOLDER, signal: 'KILL' });
        this.#holding = false;
        return done;
      case '@mkdir':
        return { result: operator.do({ op: 'mkdir', path: CGROUP }), count: 0 };
      case '@rmdir':
      case '@final-rmdir(retry':
        return { result: operator.do({ op: 'rmdir', path: CGROUP }), count: 0 };
      case '@rename-stuck-aside':
        return { result: operator.do({ op: 'rename', from: CGROUP, to: `${CGROUP}-stuck` }), count: 0 };
    }
    const write = /^([a-z_]+)=(.*)$/s.exec(words);
    if (write === null) return null;
    const data = bytesOfText(write[2]);
    const file = SHORT_NAMES[write[1]] ?? write[1];
    return { result: operator.write(`${CGROUP}/memory.${file}`, data), count: data.length };
  }

  #compare(line: RecordedLine, words: string, { result, count }: Done): void {
    const { fields } = line;
    const again = secondRun(line);
    const found = this.#values(words);
    found['result'] = resultName(result);
    found['ret'] = returned(result, count);
    const state = {
      filesRead: this.#filesRead,
      limit: textOf(fields['limit']),
      reclaimed: this.#reclaimed(),
    };
    for (const name of FIELDS) {
      const recorded = fields[name] ?? null;
      const field = `${line.fields['step'] ?? 'end'} ${words}: ${name}`;
      if (name === 'ms' && recorded !== null) this.#answers.allow(this.name, field, recorded, null, 'time');
      if (!Object.hasOwn(found, name) || (recorded === null && name !== 'task_died_sig')) continue;
      const value = found[name] ?? null;
      if (again(name)) this.#answers.allow(this.name, field, recorded, value, 'second run');
      else if (this.#timed && name === 'failcnt' && recorded !== value) {
        this.#answers.allow(this.name, field, recorded, value, 'timed failures');
      } else if (name === 'usage' || name === 'max_usage') {
        this.#answers.compare(this.name, field, recorded, value, usageAllowed(name, state));
      } else if (name === 'failcnt') {
        this.#answers.compare(this.name, field, recorded, value, failcntAllowed(state));
      } else this.#answers.compare(this.name, field, recorded, value);
    }
  }

  #values(words: string): Record<string, string | number | null> {
    const operator = this.#operator;
    return {
      ...operator.counters(CGROUP),
      memcontd: operator.threads().length,
      task_died_sig: this.#death(words),
    };
  }

  /** The recorder asks once after each step but @anon's own whether the holder has died. */
  #death(words: string): number | null {
    if (!this.#holding || words.startsWith('@anon') || this.#operator.lives(HOLDER)) return null;
    this.#holding = false;
    return SIGKILL;
  }

  #reclaimed(): boolean {
    const { front } = this.#operator;
    if (!front.cgroups().includes(CGROUP)) return false;
    const { bg_passes, direct_passes } = front.reclaimStat(CGROUP);
    return bg_passes + direct_passes > 0;
  }
}
