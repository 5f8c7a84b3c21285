import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { Machine } from '../../src/machine.ts';

/** All that a machine shows: every file of every cgroup (or why it can't be read), and the tasks. */
export function allTexts(machine: Machine): string {
  const lines = [`now ${machine.now}`];
  for (const path of machine.cgroups()) {
    const listing = machine.list(path);
    if (!listing.ok) throw new Error(`list ${path}: ${listing.errno}`);
    for (const { name, directory } of listing.value) {
      if (directory) continue;
      const answer = machine.read(`${path}/${name}`);
      lines.push(`${path}/${name}: ${answer.ok ? answer.value : answer.errno}`);
    }
  }
  for (const task of machine.tasks()) lines.push(JSON.stringify(task));
  return lines.join('\n');
}

/** Of all the bytes of the saved state: equal for equal machines, short when a test shows it. */
export const fingerprint = (machine: Machine): string =>
  createHash('sha256').update(serialize(machine.save())).digest('hex');
