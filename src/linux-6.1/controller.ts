import type * as fs from '../fs/types.ts';
import { CGROUP_FILES } from './files/cgroup-files.ts';
import { MEMORY_FILES } from './files/memory-files.ts';
import { memCgroupCreate, removeMemcg } from './memcontrol.ts';
import type { ControlFile } from './types.ts';

/** memory_cgrp_subsys: the directories and control files of cgroup version 2. */

/** Every control file of this kernel: a file more is a line in one of these two lists. */
export const CONTROL_FILES: readonly ControlFile[] = [...CGROUP_FILES, ...MEMORY_FILES];

const filesOf = (place: 'root' | 'below'): readonly fs.ControlFile[] =>
  CONTROL_FILES.filter(({ where }) => where === undefined || where === place);

const ROOT = filesOf('root');
const BELOW = filesOf('below');

export const CONTROLLER: fs.Controller = {
  create: memCgroupCreate,
  holdsBack: () => null,
  remove: removeMemcg,
  files: (_mm, root) => (root ? ROOT : BELOW),
  allFiles: () => CONTROL_FILES,
};
