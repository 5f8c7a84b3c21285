import { type Errno, type Refusal, refuse } from '../kernel/errno.ts';

/** Faults on demand, as lib/fault-inject.c of Linux has them for slab and disk: here for control files. */

/** What counts: a write, and a read from the beginning of a text. */
export type Access = 'read' | 'write';

export interface Fault {
  /** Of the file, which need not be there yet. */
  readonly path: string;
  readonly errno: Errno;
  /** null: reads and writes. */
  readonly on: Access | null;
  /** So many succeed first. */
  after: number;
  /** So many are answered then; null: all. */
  times: number | null;
}

/** The fault that the next access of this kind is counted by: of several, the one that was set first. */
export const nextFault = (faults: readonly Fault[], path: string, access: Access): Fault | null =>
  faults.find((fault) => fault.path === path && (fault.on === null || fault.on === access)) ?? null;

/** should_fail(): counts an access, and answers what it is to fail with; null: nothing. */
export function shouldFail(faults: Fault[], path: string, access: Access): Refusal | null {
  const fault = nextFault(faults, path, access);
  if (fault === null) return null;
  if (fault.after > 0) {
    fault.after -= 1;
    return null;
  }
  if (fault.times !== null) fault.times -= 1;
  if (fault.times === 0) faults.splice(faults.indexOf(fault), 1);
  return refuse(fault.errno, `a fault that was set, ${left(fault)}: 'memcg faults' lists them`);
}

const left = ({ times }: Fault): string =>
  times === null ? 'until it is cleared' : times === 0 ? 'the last' : `${times} more to come`;
