import { readdir, readFile, writeFile } from 'node:fs/promises';

/** A piece of software for the kernel's cgroupfs. It knows nothing of memcg. */

const ROOT = '/sys/fs/cgroup/memory';
const MEBIBYTE = 1024 ** 2;

/** Gives a group a limit, and background reclaim between 3/4 and 7/8 of it. */
export async function limitGroup(group: string, limit: number): Promise<void> {
  const file = (name: string): string => `${ROOT}/${group}/memory.${name}`;
  const current = Number(await readFile(file('limit_in_bytes'), 'utf8'));
  const marks = [
    ['low_wmark_in_bytes', (limit / 4) * 3],
    ['high_wmark_in_bytes', (limit / 8) * 7],
    ['limit_in_bytes', limit],
  ] as const;
  // The kernel keeps low <= high <= limit after every write: down from below, up from above.
  for (const [name, value] of limit <= current ? marks : marks.toReversed()) {
    await writeFile(file(name), `${Math.round(value / MEBIBYTE)}M`);
  }
}

/** The groups that have met their limit since the last time, and how often. */
export async function crowded(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const entry of await readdir(ROOT, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const file = `${ROOT}/${entry.name}/memory.failcnt`;
    const failures = Number(await readFile(file, 'utf8'));
    if (failures > 0) found.set(entry.name, failures);
    await writeFile(file, '0');
  }
  return found;
}
