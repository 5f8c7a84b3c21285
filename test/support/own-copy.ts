import { closeSync, copyFileSync, openSync, readSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * A copy of a program, in this folder: its path. File pages count by share (proportional set sizes), which changes
 * with everybody else who runs the same file. Of those in PATH it is the first that is no script: the copy of one
 * starts the file that everybody runs.
 */
export function ownCopy(program: string, folder: string): string {
  const { PATH = '' } = process.env;
  const found = PATH.split(delimiter).map((each) => join(each, program));
  const original = found.find((path) => !['', '#!'].includes(beginning(path)));
  if (original === undefined) throw new Error(`no ${program} in PATH is a binary`);
  const copy = join(folder, program);
  copyFileSync(realpathSync(original), copy);
  return copy;
}

function beginning(path: string): string {
  try {
    const file = openSync(path, 'r');
    const head = Buffer.alloc(2);
    const read = readSync(file, head);
    closeSync(file);
    return head.toString('latin1', 0, read);
  } catch {
    return '';
  }
}
