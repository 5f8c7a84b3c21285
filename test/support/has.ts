import { statfsSync } from 'node:fs';

/** What a machine may lack. Says loudly what is not tested where it does. */
export function has(what: string, isThere: boolean): boolean {
  if (!isThere)
    process.stderr.write(`\nSKIPPED: this machine lacks ${what}: what needs it is not tested\n\n`);
  return isThere;
}

/** Bytes; 0: there is no such place. */
export function freeIn(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
