import { ns } from '../kernel/units.ts';
import {
  type Caller,
  Machine,
  type MachineOptions,
  type Operation,
  type Result,
} from '../machine/machine.ts';
import { Driver } from '../script/drive.ts';
import { atOnce } from '../script/steps.ts';
import { failure } from '../script/world.ts';
import type { Calls, Front } from './front.ts';

/** One CPU, no swap, and none of the files that the kernel does not have. */
export const RECORDED: Partial<MachineOptions> = { cpus: 1, extras: false };

/** The machine itself. */
export class InProcess implements Front {
  readonly machine: Machine;
  readonly #driver: Driver;

  readonly hasDescriptors = true;

  constructor(machine: Machine) {
    this.machine = machine;
    this.#driver = new Driver(machine, ({ source }) => failure('world', `nobody has opened ${source}`));
  }

  do(operation: Operation): Result<undefined> {
    return this.finish(this.machine.perform(operation));
  }

  finish(begun: Result<undefined> | null): Result<undefined> {
    const ended = atOnce(this.#driver.finish(begun), () => new Error('a recording has no traces'));
    if (ended.why === 'done') return ended.result;
    throw new Error(`the machine stands still (${ended.why})`);
  }

  pass(milliseconds: number): void {
    this.finish(this.machine.perform({ op: 'sleep', until: this.#in(milliseconds) }));
  }

  settle(task: string, milliseconds: number): void {
    const idle = (): boolean => (this.tasks().find(({ name }) => name === task)?.behaviour ?? null) === null;
    this.finish(this.machine.perform({ op: 'wait-until', test: idle, until: this.#in(milliseconds) }));
  }

  read(path: string) {
    return this.machine.read(path);
  }

  calls(caller: Caller): Calls {
    return this.machine.vfs(caller);
  }

  tasks() {
    return this.machine.tasks();
  }

  cgroups() {
    return this.machine.cgroups();
  }

  reclaimStat(path: string) {
    return this.machine.reclaimStat(path);
  }

  cached() {
    return this.machine.cached();
  }

  #in(milliseconds: number) {
    return ns(this.machine.now + milliseconds * 1e6);
  }
}

export const inProcess = (errata: MachineOptions['errata']): InProcess =>
  new InProcess(Machine.boot({ ...RECORDED, errata }));
