import { normalize } from 'node:path/posix';
import { isLongerThan } from '../kernel/text.ts';

/** Where the machine's file system stands among a program's paths. */

export type Place =
  /** A path of the machine's, from its root. */
  | { readonly where: 'inside'; readonly path: string }
  /** A directory on the way to the mount point; `holds` is the one name in it. */
  | { readonly where: 'above'; readonly holds: string }
  /** Nothing is there; `parent`: but the directory that would hold it is. */
  | { readonly where: 'nowhere'; readonly parent: boolean };

const NOWHERE: Place = { where: 'nowhere', parent: false };
const PATH_MAX = 4096;

export class MountPoint {
  /** Absolute, without a slash at its end; '' is the root. */
  readonly path: string;
  readonly #names: readonly string[];

  /** Throws a RangeError unless `at` is absolute and has no . or .. in it. */
  constructor(at: string) {
    const names = at.split('/').filter((name) => name !== '');
    if (!at.startsWith('/') || names.includes('.') || names.includes('..') || at.includes('\0'))
      throw new RangeError(`at: '${at}': a mount point is an absolute path without . and ..`);
    this.#names = names;
    this.path = names.map((name) => `/${name}`).join('');
  }

  /** The program's path of one of the machine's. */
  outside(path: string): string {
    return path === '/' ? this.path || '/' : `${this.path}${path}`;
  }

  /** The program's path without . and .. in it; a relative one goes out from the mount point. */
  absolute(path: string): string {
    const whole = normalize(path.startsWith('/') ? path : `${this.path}/${path}`);
    return whole === '/' ? whole : whole.replace(/\/$/, '');
  }

  /** A relative path goes out from the mount point. */
  find(path: string): Place {
    if (path === '' || isLongerThan(path, PATH_MAX - 1)) return { where: 'inside', path };
    if (!path.startsWith('/')) return { where: 'inside', path: `/${path}` };
    const names = path.split('/').filter((name) => name !== '');
    let matched = 0;
    let at = 0;
    for (; at < names.length && matched < this.#names.length; at += 1) {
      const name = names[at];
      if (name === '.') continue;
      if (name === '..') matched = Math.max(0, matched - 1);
      else if (name === this.#names[matched]) matched += 1;
      else return at === names.length - 1 ? { where: 'nowhere', parent: true } : NOWHERE;
    }
    if (matched < this.#names.length) return { where: 'above', holds: this.#names[matched] };
    const inner = names.slice(at);
    const left = this.#leaves(inner);
    if (left !== null) return this.find(`/${[...this.#names.slice(0, -1), ...inner.slice(left)].join('/')}`);
    const slash = inner.length > 0 && path.endsWith('/') ? '/' : '';
    return { where: 'inside', path: `/${inner.join('/')}${slash}` };
  }

  /** How many of these names lead out through the mount's root; null: none do. */
  #leaves(inner: readonly string[]): number | null {
    if (this.#names.length === 0) return null;
    let depth = 0;
    for (const [index, name] of inner.entries()) {
      if (name === '..') depth -= 1;
      else if (name !== '.') depth += 1;
      if (depth < 0) return index + 1;
    }
    return null;
  }
}
