import { createHash } from 'node:crypto';
import type { Machine } from '../../src/machine/machine.ts';

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

/**
 * Of every value in the saved state and of which objects are the same: equal for
 * equal machines. (v8.serialize alone won't do: it writes 5 as an integer or as a
 * double, after how the engine happens to hold it.)
 */
export function fingerprint(machine: Machine): string {
  const hash = createHash('sha256');
  const numbers = new Map<object, number>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      hash.update(`${typeof value} ${Object.is(value, -0) ? '-0' : String(value)};`);
      return;
    }
    const known = numbers.get(value);
    hash.update(`#${known ?? numbers.size} `);
    if (known !== undefined) return;
    numbers.set(value, numbers.size);
    if (ArrayBuffer.isView(value)) hash.update(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    else if (value instanceof Map) for (const each of value) visit([...each]);
    else for (const [key, each] of Object.entries(value)) hash.update(`${key}:`) && visit(each);
  };
  visit(machine.save());
  return hash.digest('hex');
}
