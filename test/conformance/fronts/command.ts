import { type Calls, type Front, Inexpressible } from '../../../src/conform/front.ts';
import { done, type Errno, isErrno, OK, type Result, refuse } from '../../../src/kernel/errno.ts';
import { PAGE_SIZE } from '../../../src/kernel/units.ts';
import type { Caller, MachineOptions, Operation, ReclaimStat } from '../../../src/machine/machine.ts';
import { quote } from '../../../src/script/words.ts';
import { CommandCalls } from './command-calls.ts';
import { lineOf } from './line-of.ts';
import type { SyncSession } from './sync-session.ts';

const NS_PER_MS = 1e6;

/** Lines of the language, as a shell hands them over, against a live session whose clock is stopped between them. */
export class CommandFront implements Front {
  readonly hasDescriptors: boolean = false;
  protected readonly session: SyncSession;

  constructor(session: SyncSession, errata: MachineOptions['errata'], options: Partial<MachineOptions> = {}) {
    this.session = session;
    session.request('reset', { boot: null, machine: [...machineWords(errata), ...optionWords(options)] });
    session.request('pause', {});
  }

  do(operation: Operation): Result<undefined> {
    // A stopped clock would let nobody wait: begun here, and waited for by settle().
    const { ok, text } = this.#line(lineOf(operation, false));
    if (!ok) return refuse(text);
    if (operation.op === 'run') this.session.settle({ task: operation.task, until: 'idle', time: Infinity });
    if (operation.op === 'kill' && operation.signal === 'KILL')
      this.session.settle({ task: operation.task, until: 'gone', time: Infinity });
    return OK;
  }

  finish(begun: Result<undefined> | null): Result<undefined> {
    if (begun === null) throw new Error('every answer is there already');
    return begun;
  }

  pass(milliseconds: number): void {
    if (milliseconds > 0) this.session.request('step', { time: (milliseconds * NS_PER_MS) as never });
  }

  settle(task: string, milliseconds: number): void {
    this.session.settle({ task, until: 'idle', time: milliseconds * NS_PER_MS });
  }

  read(path: string): Result<string> {
    if (this.cgroups().includes(path))
      throw new Inexpressible('a cgroup read as if it were a file: no command does it');
    const { ok, text } = this.#line(quote(['cat', path]));
    return ok ? done(text) : refuse(text);
  }

  calls({ uid = 0, pid }: Caller): Calls {
    const isSh = uid === 0 && pid === undefined;
    return new CommandCalls((operation) => {
      if (!isSh) throw new Inexpressible('another caller: commands are sh’s');
      return this.do(operation);
    });
  }

  tasks() {
    return this.session.request('inspect', {}).tasks;
  }

  cgroups(): string[] {
    return this.session.request('inspect', {}).cgroups.map(({ path }) => path);
  }

  reclaimStat(path: string): ReclaimStat {
    const found = this.session.request('inspect', {}).cgroups.find((each) => each.path === path);
    if (found === undefined) throw new Error(`no cgroup ${path}`);
    return found.stat;
  }

  cached(): never {
    throw new Inexpressible('the page cache of the whole machine: no command shows it');
  }

  #line(
    line: string,
  ): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: Errno } {
    const asked = { line, group: '/default', directory: '/', input: null };
    const { output, failure } = this.session.request('execute', asked);
    if (failure === null) return { ok: true, text: output };
    if (failure.errno === null || !isErrno(failure.errno)) throw new Error(`${line}: ${failure.message}`);
    return { ok: false, text: failure.errno };
  }
}

/** One CPU, no swap, and none of the files that the kernel does not have. */
export const machineWords = (errata: MachineOptions['errata']): string[] => [
  'cpus=1',
  'extras=off',
  ...(errata.length > 0 ? [`errata=${errata.join(',')}`] : []),
];

/** What else is said of a machine. */
const optionWords = ({ kernel, psi, memory, swap }: Partial<MachineOptions>): string[] => [
  ...(kernel === undefined ? [] : [`kernel=${kernel}`]),
  ...(psi === false ? ['psi=off'] : []),
  ...(memory === undefined ? [] : [`memory=${memory * PAGE_SIZE}`]),
  ...(swap === undefined ? [] : [`swap=${swap * PAGE_SIZE}`]),
];
