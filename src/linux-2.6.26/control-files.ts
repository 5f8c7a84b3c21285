import { CGROUP_FILES } from '../fs/cgroup-files.ts';
import type { ControlFile } from '../fs/types.ts';
import { EXTRA_FILES } from './files/extra-files.ts';
import { MEMORY_FILES } from './files/memory-files.ts';
import { policies } from './policies.ts';
import type { Policy } from './policy/policy.ts';
import { RFC } from './policy/rfc.ts';

/** The control files of this kernel's machines, put together from where each is registered. */

type Files = readonly ControlFile[];

/** A table with what a policy's patch puts into it. */
const patched = (table: Files, patch: Files): Files =>
  table.flatMap((each) => [each, ...patch.filter(({ after }) => after === each.name)]);

const apart = (files: Files): Files => files.filter(({ after }) => after === undefined);

/** Of memory control, in the order of their registration. */
export const memoryFiles = ({ files }: Policy): Files => [...patched(MEMORY_FILES, files), ...apart(files)];

/** This project's own, in the order of a listing. */
export const extraFiles = ({ files }: Policy): Files => patched(EXTRA_FILES, files);

/** Of a machine that nothing else is said about. */
export const USUAL_FILES: Files = [...memoryFiles(RFC), ...CGROUP_FILES, ...extraFiles(RFC)];

const ofPolicies: Files = policies.flatMap(({ files }): Files => files);

/** Every control file that a machine can have. */
export const CONTROL_FILES: Files = [
  ...patched(MEMORY_FILES, ofPolicies),
  ...CGROUP_FILES,
  ...patched(EXTRA_FILES, ofPolicies),
  ...new Set(apart(ofPolicies)),
];
