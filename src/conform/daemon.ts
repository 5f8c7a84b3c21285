import { ERRATA_SETS, type Machine, type Result } from '../machine/machine.ts';
import { Answers, bytesOfText, resultName, returned, secondRun } from './answers.ts';
import { inProcess } from './in-process.ts';
import { DIALECT, type Kind, type RecordedLine, type Value } from './kind.ts';
import { Operator } from './operator.ts';
import { countAllowed, usageAllowed } from './reader.ts';

/** The life of memcontd: one machine, one line after the other. */

export const daemon: Kind = {
  name: 'daemon',
  about: 'the life cycle of memcontd: threads, their states and nice, passes, sleeps and wake-ups',
  recording: 'daemon.jsonl',
  dialect: DIALECT,
  fields: (
    'kernel case result ret memcontd threads d1_passes d1_sleeps d1_wakeups d1_usage d1_failcnt ' +
    'cgroup ppid_is_2 cmdline ticks us run2'
  ).split(' '),
  run(lines) {
    const answers = new Answers();
    const life = new Life();
    for (const [index, line] of lines.entries()) {
      const words = String(line.fields['case']);
      if (life.live(words)) life.compare(`${index + 1}. ${words}`, line, answers);
      else answers.skip(line, `nobody knows how to do ${words}`);
    }
    return answers;
  },
};

const D1 = '/d1';
const HOLDER = 'holder';
const FILE = 'data';
const THREAD = 'memcontd';
const LOOK = 10;
/** USER_HZ 100, in ns. */
const TICK = 10_000_000;

class Life {
  readonly #front = inProcess(ERRATA_SETS['recorded'] ?? []);
  readonly #operator = new Operator(this.#front);
  readonly #machine: Machine = this.#front.machine;
  #result: Result<unknown> = { ok: true, value: undefined };
  #count = 0;
  #filesRead = 0;
  #ticks = 0;
  /** A pid was written, which is longer than the recorder's. */
  #wide = false;
  #zeroPasses = 0;
  /** Passes of the recorded kernel less those here, of times when nothing could be freed. */
  #passesOff = 0;

  /** Does what the line's case says; false: nobody knows how. */
  live(words: string): boolean {
    this.#result = { ok: true, value: undefined };
    this.#count = 0;
    this.#wide = false;
    const known =
      this.#writes(words) || this.#directories(words) || this.#work(words) || this.#signals(words);
    // Until the recorder had found all threads in /proc.
    this.#operator.sleep(LOOK);
    return known;
  }

  #writes(words: string): boolean {
    const write = /^write (low|high|limit)=(\S*)/.exec(words);
    if (write === null) return false;
    const file = write[1] === 'limit' ? 'limit_in_bytes' : `${write[1]}_wmark_in_bytes`;
    this.#write(`${D1}/memory.${file}`, write[2] === "''" ? '' : write[2]);
    return true;
  }

  #write(path: string, text: string): void {
    const data = bytesOfText(text);
    this.#result = this.#operator.write(path, data);
    this.#count = data.length;
  }

  #directories(words: string): boolean {
    const operator = this.#operator;
    const plain = /^(mkdir|rmdir) (d[12])( \(one of two\))?$/.exec(words);
    if (plain !== null) {
      this.#result = operator.do({ op: plain[1] === 'mkdir' ? 'mkdir' : 'rmdir', path: `/${plain[2]}` });
      return true;
    }
    if (words === 'rmdir with task in it') {
      operator.do({ op: 'spawn', task: 'idle', cgroup: D1 });
      this.#result = operator.do({ op: 'rmdir', path: D1 });
      operator.do({ op: 'kill', task: 'idle', signal: 'KILL' });
      return true;
    }
    if (words === 'rmdir with child cgroup') {
      operator.do({ op: 'mkdir', path: `${D1}/child` });
      this.#result = operator.do({ op: 'rmdir', path: D1 });
      operator.do({ op: 'rmdir', path: `${D1}/child` });
      return true;
    }
    if (words === 'd2 high=2M') {
      operator.write('/d2/memory.low_wmark_in_bytes', '1M');
      this.#write('/d2/memory.high_wmark_in_bytes', '2M');
      return true;
    }
    return words === 'boot' || words === 'rmdir d1 elapsed us';
  }

  #work(words: string): boolean {
    const operator = this.#operator;
    const read = /(?:reading|works:) (\d+)M/.exec(words);
    const anon = /^anon (\d+)M held/.exec(words);
    const later = /^([\d.]+)s later/.exec(words);
    if (read !== null) {
      this.#filesRead += 1;
      operator.readFile('reader', D1, FILE, Number(read[1]));
    } else if (anon !== null) {
      operator.do({ op: 'spawn', task: HOLDER, cgroup: D1 });
      operator.touch(HOLDER, Number(anon[1]), 5000);
    } else if (later !== null) operator.sleep(Number(later[1]) * 1000);
    else if (words === 'drop_caches') operator.do({ op: 'drop', file: null });
    else if (words === 'd2 over high') operator.readFile('reader', '/d2', 'other', 4);
    else if (words.startsWith('spin cpu over 1s')) this.#ticks = this.#cpuOver(1000);
    else if (words.startsWith('task killed')) {
      operator.do({ op: 'kill', task: HOLDER, signal: 'KILL' });
      if (words.includes('daemon stops?')) operator.sleep(500);
    } else return false;
    return true;
  }

  #cpuOver(milliseconds: number): number {
    const cpu = (): number => this.#machine.reclaimStat(D1).bg_cpu_ns;
    const before = cpu();
    this.#operator.sleep(milliseconds);
    return Math.round((cpu() - before) / TICK);
  }

  #signals(words: string): boolean {
    const operator = this.#operator;
    if (words === 'SIGKILL the daemon') {
      this.#result = operator.do({ op: 'kill', task: THREAD, signal: 'KILL' });
    } else if (words === 'SIGSTOP the daemon') {
      this.#result = operator.do({ op: 'kill', task: THREAD, signal: 'STOP' });
    } else if (words.startsWith('renice')) {
      this.#result = operator.do({ op: 'renice', task: THREAD, nice: words.endsWith('+10') ? 10 : 0 });
    } else if (words === 'move daemon pid into another cgroup') {
      operator.do({ op: 'mkdir', path: '/dx' });
      this.#write('/dx/tasks', String(operator.threads()[0]?.pid));
      this.#wide = true;
    } else return words.startsWith('daemon ');
    return true;
  }

  compare(name: string, line: RecordedLine, answers: Answers): void {
    const again = secondRun(line);
    const found = this.#values();
    for (const [field, recorded] of Object.entries(line.fields)) {
      if (!Object.hasOwn(found, field)) continue;
      const value = found[field] ?? null;
      if (field === 'ticks' || field === 'us') answers.allow(name, field, recorded, value, 'time');
      else if (field === 'ppid_is_2' || field === 'cmdline')
        answers.allow(name, field, recorded, null, 'outside: /proc');
      else if (field === 'ret' && this.#wide && this.#result.ok)
        answers.allow(name, field, recorded, value, 'pids');
      else if (again(field) && field !== 'd1_passes')
        answers.allow(name, field, recorded, value, 'second run');
      else if (field === 'd1_usage')
        answers.compare(name, field, recorded, value, usageAllowed('usage', this.#since()));
      else if (field === 'd1_passes' && this.#freedNothing()) {
        this.#passesOff = Number(recorded) - Number(value);
        answers.compare(name, field, recorded, value, () => 'pinned pages');
      } else if (/^d1_(passes|sleeps|wakeups)$/.test(field)) {
        const passes = field === 'd1_passes';
        const counted = passes && typeof value === 'number' ? value + this.#passesOff : value;
        answers.compare(name, field, recorded, counted, countAllowed(passes, this.#filesRead));
      } else answers.compare(name, field, recorded, value);
    }
  }

  /** Whether there were passes since the last line that freed nothing. */
  #freedNothing(): boolean {
    const machine = this.#machine;
    if (!machine.cgroups().includes(D1)) return false;
    const { bgZeroPasses } = machine.counters(D1);
    const more = bgZeroPasses > this.#zeroPasses;
    this.#zeroPasses = bgZeroPasses;
    return more;
  }

  #since() {
    const machine = this.#machine;
    const reclaimed = machine.cgroups().includes(D1) && machine.reclaimStat(D1).bg_passes > 0;
    return {
      filesRead: this.#filesRead,
      limit: this.#operator.value(`${D1}/memory.limit_in_bytes`),
      reclaimed,
    };
  }

  #values(): Record<string, Value> {
    const operator = this.#operator;
    const machine = this.#machine;
    const threads = operator.threads();
    const there = machine.cgroups().includes(D1);
    const counters = there ? machine.counters(D1) : null;
    const thread = machine.tasks().find((task) => task.name === THREAD && !task.killed);
    return {
      result: resultName(this.#result),
      ret: returned(this.#result, this.#count),
      memcontd: threads.length,
      threads: threads.map(({ state, nice }) => ({ state, nice })),
      d1_passes: counters?.bgPasses ?? null,
      d1_sleeps: counters?.bgSleeps ?? null,
      d1_wakeups: counters?.bgWakeups ?? null,
      d1_usage: there ? Number(operator.value(`${D1}/memory.usage_in_bytes`)) : null,
      d1_failcnt: there ? Number(operator.value(`${D1}/memory.failcnt`)) : null,
      cgroup: `1:memory:${thread?.cgroup ?? ''}\n`,
      ppid_is_2: null,
      cmdline: null,
      ticks: this.#ticks,
      us: null,
    };
  }
}
