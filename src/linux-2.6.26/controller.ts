import { CGROUP_FILES, scanPid } from '../fs/cgroup-files.ts';
import type * as fs from '../fs/types.ts';
import { insteadOf } from '../fs/versions.ts';
import { refuse } from '../kernel/errno.ts';
import { ROOT_MEMCG } from '../mm/memcgs.ts';
import { extraFiles, memoryFiles } from './control-files.ts';
import { memCgroupCreate } from './memcontrol.ts';
import { policyNamed } from './policy/names.ts';
import { RFC } from './policy/rfc.ts';
import type { MemCgroup, Mm } from './types.ts';

/** mem_cgroup_subsys: the directories and control files that this kernel's memory controller has. */
export const CONTROLLER: fs.Controller = {
  traits: {
    rootMode: 0o755,
    nameMax: 255,
    maxFiles: 32,
    renames: true,
    resizes: true,
    writesMove: false,
    magic: 0x27e0eb,
    linksWhenRemoved: 0,
  },

  create: memCgroupCreate,
  mayMake: () => null,
  mayEnter: () => null,

  insteadOf: (mm, memcg, name) =>
    insteadOf(name, 1, (one) => CONTROLLER.files(mm, memcg, true).some((file) => file.name === one)),

  holdsBack: ({ leakedRefs }: MemCgroup) =>
    leakedRefs > 0 ? refuse('EBUSY', 'a reference is short since a refused force_empty (erratum)') : null,

  remove: (mm: Mm, { id }: MemCgroup) => {
    mm.memcgs[id] = null;
  },

  destroy: (_mm, memcg: MemCgroup) => {
    if (memcg.daemon !== null) memcg.freed = true;
  },

  pidIn: scanPid,
  files: (mm, { id }, extras) => CONTROLLER.possibleFiles(mm, id === ROOT_MEMCG, extras),

  possibleFiles: ({ own: { policy } }: Mm, root, extras) =>
    directoriesOf(policy)[root ? 'root' : 'below'][extras ? 'withExtras' : 'listed'],

  allFiles: ({ own: { policy } }: Mm) => directoriesOf(policy).numbered,
};

/** The files in the order of a listing: the reverse of their registration, ours last. */
interface Directory {
  readonly listed: readonly fs.ControlFile[];
  readonly withExtras: readonly fs.ControlFile[];
}

function directory(name: string, place: 'root' | 'below'): Directory {
  const policy = policyNamed(name);
  const here = ({ where }: fs.ControlFile): boolean => where === undefined || where === place;
  const listed = [...CGROUP_FILES, ...memoryFiles(policy)].filter(here).reverse();
  return { listed, withExtras: [...listed, ...extraFiles(policy).filter(here)] };
}

/** The numbers leave the marks of 3/4 their places, whether or not they are there. */
const numbered = (name: string): readonly fs.ControlFile[] => {
  const policy = policyNamed(name);
  const memory = memoryFiles(RFC);
  const more = memoryFiles(policy).filter((file) => !memory.includes(file));
  return [...CGROUP_FILES, ...memory, ...extraFiles(policy), ...more];
};

interface Directories {
  readonly root: Directory;
  readonly below: Directory;
  readonly numbered: readonly fs.ControlFile[];
}

/** By policy, each made when a machine first asks for it. */
const directories: Record<string, Directories> = {};

const directoriesOf = (policy: string): Directories =>
  (directories[policy] ??= {
    root: directory(policy, 'root'),
    below: directory(policy, 'below'),
    numbered: numbered(policy),
  });
