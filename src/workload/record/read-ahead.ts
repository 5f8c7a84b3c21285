import { readFileSync, statSync } from 'node:fs';

/**
 * How far the kernel reads ahead on the device of this file, bytes; null: it does not tell. It is a setting
 * (sysfs-class-bdi), by the numbers of stat(2).
 */
export function readAheadOf(path: string): number | null {
  try {
    const { dev } = statSync(path);
    const major = ((dev >>> 8) & 0xfff) | 0;
    const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00);
    const kib = Number(readFileSync(`/sys/class/bdi/${major}:${minor}/read_ahead_kb`, 'utf8'));
    return kib > 0 ? kib * 1024 : null;
  } catch {
    return null;
  }
}
