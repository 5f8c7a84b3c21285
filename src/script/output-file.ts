import { fault } from './input-file.ts';

/** The host's own files: see input-file.ts. */
const { constants, lstatSync, openSync } = process.getBuiltinModule('node:fs');

/**
 * Files that are written because somebody named them. A link may have been laid by somebody else, and a pipe
 * keeps its writer waiting; standard output and what the shell opened (`>(gzip)`) are the process's own, by whatever name.
 */

const OWN = /^\/(dev\/(stdout|stderr|fd\/\d+)|proc\/self\/fd\/\d+)$/;

/** Opens one for writing, from its beginning; `keep`: what it holds stays for now. Throws as checkOutput() does, or what the file system throws. */
export function openOutput(path: string, keep = false): number {
  checkOutput(path, true);
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  return openSync(path, O_WRONLY | O_CREAT | (keep ? 0 : O_TRUNC) | (OWN.test(path) ? 0 : O_NOFOLLOW));
}

/** Throws, worded as Node words what the system says, for what is not written to; without `force` for a file with something in it. */
export function checkOutput(path: string, force: boolean): void {
  const stats = OWN.test(path) ? undefined : lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory() || stats.isCharacterDevice()) return;
  if (stats.isSymbolicLink()) throw fault(path, 'ELOOP', 'this is a link: name the file that it leads to');
  if (!stats.isFile()) throw fault(path, 'EINVAL', 'only regular files are written, and this is none');
  if (stats.size > 0 && !force) throw fault(path, 'EEXIST', 'it is there already: --force writes it anew');
}
