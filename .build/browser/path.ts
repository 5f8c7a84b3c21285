/** What scripts ask of node:path, for a page: paths are POSIX's, and its working directory is the root. */

export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part === '..' && !path.startsWith('/')) parts.push(part);
    else if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  const joined = parts.join('/');
  return path.startsWith('/') ? `/${joined}` : joined === '' ? '.' : joined;
}

export const isAbsolute = (path: string): boolean => path.startsWith('/');
export const join = (...parts: readonly string[]): string =>
  normalize(parts.filter((part) => part !== '').join('/'));
export const resolve = (...parts: readonly string[]): string =>
  normalize(parts.reduce((path, part) => (isAbsolute(part) ? part : `${path}/${part}`), '/'));
export const basename = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');

export function dirname(path: string): string {
  const at = path.replace(/\/+$/, '').lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
}
