import { join } from 'node:path/posix';
import { encodeText } from '../kernel/text.ts';
import { encodingOf, type Options } from './arguments.ts';
import type { Calls } from './calls.ts';
import { Dirent } from './stats.ts';

/** What readdir answers: names in the order of their bytes, as libuv's scandir sorts them. */
export function listing(
  calls: Calls,
  path: string,
  options: Options,
): (string | Buffer | Dirent | Dirent<Buffer>)[] {
  const encoding = encodingOf(options['encoding']);
  const found: (string | Buffer | Dirent | Dirent<Buffer>)[] = [];
  const todo = [''];
  for (let below = todo.shift(); below !== undefined; below = todo.shift()) {
    const parent = below === '' ? path : join(path, below);
    for (const { name, directory } of sorted(calls.readdir(parent, 'scandir'))) {
      if (options['recursive'] === true && directory) todo.push(join(below, name));
      if (options['withFileTypes'] !== true) found.push(nameIn(join(below, name), encoding));
      else if (encoding === 'buffer') found.push(new Dirent(bytesOf(name), parent, directory));
      else found.push(new Dirent(bytesOf(name).toString(encoding ?? 'utf8'), parent, directory));
    }
  }
  return found;
}

const bytesOf = (name: string): Buffer => Buffer.from(encodeText(name));

const nameIn = (name: string, encoding: BufferEncoding | 'buffer' | null): string | Buffer =>
  encoding === 'buffer' ? bytesOf(name) : bytesOf(name).toString(encoding ?? 'utf8');

const sorted = <T extends { readonly name: string }>(entries: readonly T[]): T[] =>
  [...entries].sort((a, b) => Buffer.compare(bytesOf(a.name), bytesOf(b.name)));
