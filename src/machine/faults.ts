import { faultOf } from '../fs/directory.ts';
import { lookup } from '../fs/namei.ts';
import type { Cgroupfs } from '../fs/types.ts';
import { OK, type Result, refuse } from '../kernel/errno.ts';
import type { Operation } from './operation.ts';

/** As many as a machine keeps. */
const MAX_FAULTS = 1000;

type FaultOperation = Extract<Operation, { op: 'fault' | 'clear-faults' | 'attempt' }>;

export function performOnFaults(fs: Cgroupfs, operation: FaultOperation): Result<undefined> {
  switch (operation.op) {
    case 'fault':
      return setFault(fs, operation);
    case 'clear-faults': {
      const { path } = operation;
      const kept = path === null ? [] : fs.faults.filter((fault) => fault.path !== path);
      fs.faults.splice(0, fs.faults.length, ...kept);
      return OK;
    }
    case 'attempt': {
      const found = lookup(fs, operation.path);
      if (!found.ok) return found;
      const { cgroup, file } = found.value;
      if (file === null) return refuse('EISDIR', `${operation.path} is a cgroup`);
      return faultOf(fs, cgroup, file.name, operation.access) ?? OK;
    }
  }
}

function setFault(
  fs: Cgroupfs,
  { op: _, ...fault }: Extract<FaultOperation, { op: 'fault' }>,
): Result<undefined> {
  const slash = fault.path.lastIndexOf('/');
  const name = fault.path.slice(slash + 1);
  if (!fs.controller.possibleFiles(fs.mm, slash === 0, fs.extras).some((file) => file.name === name))
    return refuse('ENOENT', `${slash === 0 ? 'the root has' : 'cgroups have'} no file ${name}`);
  if (fs.faults.length >= MAX_FAULTS)
    return refuse('ENOSPC', `a machine has ${MAX_FAULTS} faults at most: clear some`);
  fs.faults.push(fault);
  return OK;
}
