import { encodeText } from '../../src/kernel/text.ts';
import type { Machine as AnyMachine, MachineOptions, Operation } from '../../src/machine/machine.ts';
import { Machine } from './built.ts';

/** What the rows about the machine itself have in common. */

/** Does an operation to its end. Throws where it is refused. */
export function perform(machine: AnyMachine, operation: Operation): void {
  const result = machine.perform(operation) ?? finish(machine);
  if (!result.ok) throw new Error(`${operation.op}: ${result.errno} ${result.why}`);
}

function finish(machine: AnyMachine) {
  const stop = machine.run(null);
  if (stop.why !== 'done') throw new Error(`stopped: ${stop.why}`);
  return stop.result;
}

/** A cgroup with its marks in pages, and a task in it. */
export function addGroup(
  machine: AnyMachine,
  path: string,
  task: string,
  marks: readonly [low: number, high: number, limit: number],
): void {
  perform(machine, { op: 'mkdir', path });
  for (const [i, name] of ['low_wmark', 'high_wmark', 'limit'].entries()) {
    const data = encodeText(String(marks[i] * 4096));
    perform(machine, { op: 'write', path: `${path}/memory.${name}_in_bytes`, data });
  }
  perform(machine, { op: 'spawn', task, cgroup: path });
}

/** A machine with the cgroup `/web` and the task `worker` in it. */
export function bootWith(
  options: Partial<MachineOptions>,
  low: number,
  high: number,
  limit: number,
): AnyMachine {
  const machine = Machine.boot(options);
  addGroup(machine, '/web', 'worker', [low, high, limit]);
  return machine;
}
