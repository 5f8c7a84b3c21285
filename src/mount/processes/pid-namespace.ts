import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Pids as a process in another pid namespace writes them: find_task_by_vpid(). (man 7 pid_namespaces) */

/** What is seen from our own namespace, in which /proc is mounted. */
interface Seen {
  readonly parent: number;
  /** From our namespace down to its own. */
  readonly pids: readonly number[];
}

/**
 * The thread that `pid` names where the thread `writer` lives, in our numbers. null: it names none there, or
 * the writer can't be seen from here.
 */
export function asWritten(pid: number, writer: number): number | null {
  const from = seen(writer);
  if (from === null) return null;
  const depth = from.pids.length;
  if (depth === 1) return pid;
  const namespace = namespaceOf(writer);
  if (namespace === null) return null;
  const isIt = (thread: number): boolean =>
    seen(thread)?.pids[depth - 1] === pid && ancestorNamespace(thread, depth) === namespace;
  for (const process of numbersIn('/proc')) {
    if (isIt(process)) return process;
    // Threads are not listed; those of processes of that namespace may be meant.
    if ((seen(process)?.pids.length ?? 0) < depth) continue;
    const thread = numbersIn(`/proc/${process}/task`).find((each) => each !== process && isIt(each));
    if (thread !== undefined) return thread;
  }
  return null;
}

/** The namespace at this depth that a thread lives in, or below: that of the nearest ancestor who lives there. */
function ancestorNamespace(thread: number, depth: number): string | null {
  for (let at = thread; at > 0; ) {
    const found = seen(at);
    if (found === null || found.pids.length < depth) return null;
    if (found.pids.length === depth) return namespaceOf(at);
    at = found.parent;
  }
  return null;
}

function seen(thread: number): Seen | null {
  try {
    const text = readFileSync(`/proc/${thread}/status`, 'latin1');
    const parent = /^PPid:\s*(\d+)$/m.exec(text);
    const pids = /^NSpid:\s*(\d[\d\t ]*)$/m.exec(text);
    if (parent === null || pids === null) return null;
    return { parent: Number(parent[1]), pids: pids[1].trim().split(/\s+/).map(Number) };
  } catch {
    return null;
  }
}

function namespaceOf(thread: number): string | null {
  try {
    return readlinkSync(`/proc/${thread}/ns/pid`);
  } catch {
    return null;
  }
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}
