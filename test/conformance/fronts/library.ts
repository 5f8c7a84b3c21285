import type nodeFs from 'node:fs';
import { InProcess } from '../../../src/conform/in-process.ts';
import { OK, type Result, refuse } from '../../../src/kernel/errno.ts';
import { bootMachine, type EmulatedMachine, ScriptError } from '../../../src/library/index.ts';
import type { Caller, MachineOptions, Operation } from '../../../src/machine/machine.ts';
import { lineOf } from './line-of.ts';
import { NodeCalls } from './node-calls.ts';
import { fileOperation, readWhole } from './whole-files.ts';

const AT = '/sys/fs/cgroup/memory';

/** Files by the library's node:fs, everything else by lines that it runs. */
class LibraryFront extends InProcess {
  readonly #library: EmulatedMachine;
  readonly #root: NodeCalls;

  constructor(library: EmulatedMachine) {
    super(library.machine);
    this.#library = library;
    this.#root = this.#callsOf({});
  }

  override do(operation: Operation): Result<undefined> {
    return fileOperation(this.#root, operation) ?? this.#line(operation);
  }

  override read(path: string): Result<string> {
    return readWhole(this.#root, path);
  }

  override pass(milliseconds: number): void {
    this.#library.passSync(`${milliseconds}ms`);
  }

  override calls(caller: Caller): NodeCalls {
    return this.#callsOf(caller);
  }

  #callsOf({ pid, ...caller }: Caller): NodeCalls {
    const task = this.tasks().find((each) => each.pid === pid)?.name;
    const fs = this.#library.fsOf({ ...caller, ...(task !== undefined && { task }) });
    return new NodeCalls(fs as unknown as typeof nodeFs, AT);
  }

  #line(operation: Operation): Result<undefined> {
    try {
      this.#library.runSync(lineOf(operation, true));
      return OK;
    } catch (error) {
      if (error instanceof ScriptError && error.code !== null) return refuse(error.code);
      throw error;
    }
  }
}

export const throughLibrary = (errata: MachineOptions['errata']): LibraryFront =>
  new LibraryFront(bootMachine({ at: AT, boot: null, cpus: 1, extras: false, errata }));
