import { cgroupFiles } from '../../fs/cgroup-files.ts';
import { extraFiles } from '../../fs/extra-files.ts';
import { memoryFiles } from '../../fs/memory-files.ts';
import { allPolicyFiles } from '../../fs/policy-files.ts';

const ABOUT: ReadonlyMap<string, string> = new Map(
  [...cgroupFiles(true), ...memoryFiles(true), ...extraFiles(true), ...allPolicyFiles()].map(
    ({ name, about }) => [name, about],
  ),
);

/** What a control file is for; empty: it is none that is known. */
export const aboutFile = (name: string): string => ABOUT.get(name) ?? '';
