import { S_IFDIR } from '../fs/inode.ts';
import { fdOf, modeOf, optionsOf, pathOf, positionOf, viewsOf } from './arguments.ts';
import type { Calls } from './calls.ts';
import { constants } from './constants.ts';
import { asOf, codeOf, isDirectory } from './errors.ts';

/** What is one call of node:fs and several of the kernel's. */
export function composed(calls: Calls) {
  /**
   * What the kernel makes of a readv or writev where a file knows of neither: a call for each part, up to the first
   * that is refused, of which nothing is said unless it was the first, or that is not done whole
   * (fs/read_write.c, do_loop_readv_writev).
   */
  const inTurn = (
    buffers: unknown,
    given: unknown,
    call: (bytes: Uint8Array, position: number | null) => number,
  ): number => {
    const parts = viewsOf(buffers);
    const position = positionOf(given);
    let total = 0;
    if (parts.every(({ length }) => length === 0)) return total;
    for (const [index, part] of parts.entries()) {
      let count: number;
      try {
        count = call(part, position === null ? null : position + total);
      } catch (error) {
        if (index === 0) throw error;
        break;
      }
      total += count;
      if (count < part.length) break;
    }
    return total;
  };

  return {
    /**
     * As libuv copies: so many bytes as the file has by its size. A control file's size is 0, so it copies nothing
     * but the mode, and a file that is not there can't be made.
     */
    copyFileSync: (from: unknown, to: unknown, mode?: unknown): void => {
      const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')];
      const exclusive = (modeOf(mode, 0) & constants.COPYFILE_EXCL) === 0 ? 0 : constants.O_EXCL;
      asOf('copyfile', source, target, () => {
        const fd = calls.open(source, constants.O_RDONLY);
        try {
          const copy = calls.open(target, constants.O_WRONLY | constants.O_CREAT | exclusive);
          try {
            const { dev, ino, mode } = calls.stat(fd, 'fstat');
            const there = calls.stat(copy, 'fstat');
            if (there.dev === dev && there.ino === ino) return;
            calls.ftruncate(copy, 0);
            calls.chmod(copy, mode, 'fchmod');
          } finally {
            calls.close(copy);
          }
        } finally {
          calls.close(fd);
        }
      });
    },
    readvSync: (fd: unknown, buffers: unknown, position?: unknown): number => {
      const own = fdOf(fd);
      return inTurn(buffers, position, (bytes, at) => {
        const read = calls.read(own, bytes.length, at);
        bytes.set(read);
        return read.length;
      });
    },
    /**
     * As Node goes about it: with `recursive`, the directory before what is in it. So a group goes whose files nobody
     * can remove, and one that holds groups is busy.
     */
    rmSync: (path: unknown, options?: unknown): void => {
      const name = pathOf(path);
      const { force, recursive } = optionsOf(options);
      try {
        const isGroup = (calls.stat(name, 'lstat').mode & S_IFDIR) !== 0;
        if (!isGroup) calls.unlink(name);
        else if (recursive === true) calls.rmdir(name);
        else throw isDirectory('rm', name);
      } catch (error) {
        if (force !== true || codeOf(error) !== 'ENOENT') throw error;
      }
    },
    writevSync: (fd: unknown, buffers: unknown, position?: unknown): number => {
      const own = fdOf(fd);
      return inTurn(buffers, position, (bytes, at) => {
        calls.write(own, bytes, at);
        return bytes.length;
      });
    },
  };
}
