import { OK, type Result, refuse } from '../../src/kernel/errno.ts';
import { parseWrittenSize } from '../../src/kernel/memparse.ts';
import { decodeText } from '../../src/kernel/text.ts';
import { newMemCgroup } from './memcontrol.ts';
import { type Mark, setMark } from './res-counter.ts';
import { startDaemon, stopDaemon } from './task.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/** As much of the cgroup filesystem as random scripts use: plain absolute paths, written as uid 0. */

export interface Cgroup {
  name: string;
  readonly parent: Cgroup | null;
  readonly children: Cgroup[];
  readonly memcg: MemCgroup;
}

export const newRoot = (memcg: MemCgroup): Cgroup => ({ name: '', parent: null, children: [], memcg });

export const pathOf = ({ name, parent }: Cgroup): string =>
  parent === null ? '/' : `${parent.parent === null ? '' : pathOf(parent)}/${name}`;

export function lookup(root: Cgroup, path: string): Cgroup | null {
  let here: Cgroup | null = root;
  for (const name of path.split('/').filter((each) => each !== '')) {
    here = here?.children.find((child) => child.name === name) ?? null;
  }
  return here;
}

export const allBelow = (cgroup: Cgroup): Cgroup[] => [cgroup, ...cgroup.children.flatMap(allBelow)];

const split = (path: string): [string, string] => {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
};

const MISSING = refuse('ENOENT');

export function mkdir(mm: Mm, root: Cgroup, path: string): Result<undefined> {
  const [above, name] = split(path);
  const parent = lookup(root, above);
  if (parent === null) return MISSING;
  if (lookup(root, path) !== null) return refuse('EEXIST');
  const order = mm.memcgs.length + 1;
  const cgroup: Cgroup = { name, parent, children: [], memcg: newMemCgroup('', order, mm.nodes) };
  cgroup.memcg.path = pathOf(cgroup);
  mm.memcgs.push(cgroup.memcg);
  parent.children.unshift(cgroup);
  return OK;
}

/** cgroup_rename(): within its parent only. */
export function rename(root: Cgroup, from: string, to: string): Result<undefined> {
  const moved = lookup(root, from);
  const [above, name] = split(to);
  const parent = lookup(root, above);
  if (moved === null || parent === null) return MISSING;
  if (lookup(root, to) !== null) return refuse('EEXIST');
  if (parent !== moved.parent) return refuse('EIO');
  moved.name = name;
  for (const each of allBelow(moved)) each.memcg.path = pathOf(each);
  return OK;
}

export function mayRmdir(root: Cgroup, path: string): Result<Cgroup> {
  const cgroup = lookup(root, path);
  if (cgroup === null) return MISSING;
  const busy = cgroup.parent === null || cgroup.memcg.nrTasks > 0 || cgroup.children.length > 0;
  return busy ? refuse('EBUSY') : { ok: true, value: cgroup };
}

export function finishRmdir(mm: Mm, cgroup: Cgroup): Result<undefined> {
  if (cgroup.memcg.leakedRefs > 0) return refuse('EBUSY');
  cgroup.parent?.children.splice(cgroup.parent.children.indexOf(cgroup), 1);
  cgroup.memcg.removed = true;
  mm.memcgs[mm.memcgs.indexOf(cgroup.memcg)] = null;
  return OK;
}

/** What a write begins that takes virtual time. */
export interface LongWrite {
  readonly wait: 'force-empty' | 'stop-daemon';
  readonly cgroup: Cgroup;
}

export function writeFile(
  mm: Mm,
  root: Cgroup,
  path: string,
  data: Uint8Array,
  sh: Task,
): Result<undefined> | LongWrite {
  const [above, name] = split(path);
  const cgroup = lookup(root, above);
  if (cgroup === null) return MISSING;
  const { memcg } = cgroup;
  switch (name) {
    case 'memory.low_wmark_in_bytes':
      return writeMark(memcg, 'low', data);
    case 'memory.high_wmark_in_bytes':
      // 3/4: the thread is started before the value is looked at.
      startDaemon(mm, memcg);
      return writeMark(memcg, 'high', data);
    case 'memory.limit_in_bytes':
      return writeMark(memcg, 'limit', data);
    case 'memory.failcnt':
      memcg.res.failcnt = 0;
      return OK;
    case 'memory.max_usage_in_bytes':
      memcg.res.maxUsage = memcg.res.usage;
      return OK;
    case 'memory.force_empty':
      if (memcg.nrTasks === 0 || cgroup.parent === null) return { wait: 'force-empty', cgroup };
      if (mm.errata.forceEmptyRefLeak) memcg.leakedRefs += 1;
      return refuse('EBUSY');
    case 'memory.reclaimd':
      if (decodeText(data) === 'start') {
        startDaemon(mm, memcg);
        return OK;
      }
      if (memcg.daemon === null) return OK;
      stopDaemon(mm, memcg);
      return { wait: 'stop-daemon', cgroup };
    case 'tasks':
      // Random scripts write 0: the writer itself.
      attachTask(sh, memcg);
      return OK;
    default:
      return refuse('EINVAL');
  }
}

function writeMark(memcg: MemCgroup, mark: Mark, data: Uint8Array): Result<undefined> {
  const value = parseWrittenSize(data);
  if (value === null) return refuse('EINVAL');
  return setMark(memcg.res, mark, value);
}

/** Charges stay where they are. */
export function attachTask(task: Task, memcg: MemCgroup): void {
  task.memcg.nrTasks -= 1;
  memcg.nrTasks += 1;
  task.memcg = memcg;
}
