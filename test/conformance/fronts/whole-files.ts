import { O_WRONLY } from '../../../src/fs/handle.ts';
import { done, type Result } from '../../../src/kernel/errno.ts';
import { decodeText } from '../../../src/kernel/text.ts';
import type { Operation } from '../../../src/machine/machine.ts';
import type { NodeCalls } from './node-calls.ts';

/** An operation on files by system calls; null: it is about something else. */
export function fileOperation(calls: NodeCalls, operation: Operation): Result<undefined> | null {
  switch (operation.op) {
    case 'mkdir':
      return calls.mkdir(operation.path);
    case 'rmdir':
      return calls.rmdir(operation.path);
    case 'rename':
      return calls.rename(operation.from, operation.to);
    case 'write': {
      const fd = calls.open(operation.path, O_WRONLY);
      if (!fd.ok) return fd;
      const written = calls.write(fd.value, operation.data);
      calls.close(fd.value);
      return written;
    }
    default:
      return null;
  }
}

const MOST = 65_536;

/** All of a control file, by one read(2). */
export function readWhole(calls: NodeCalls, path: string): Result<string> {
  const fd = calls.open(path);
  if (!fd.ok) return fd;
  const text = calls.read(fd.value, MOST);
  calls.close(fd.value);
  return text.ok ? done(decodeText(text.value)) : text;
}
