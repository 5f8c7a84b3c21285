import { cgroupFiles } from '../../fs/cgroup-files.ts';
import { extraFiles } from '../../linux-2.6.26/files/extra-files.ts';
import { memoryFiles } from '../../linux-2.6.26/files/memory-files.ts';
import { allPolicyFiles } from '../../linux-2.6.26/files/policy-files.ts';

const ABOUT: ReadonlyMap<string, string> = new Map(
  [...cgroupFiles(true), ...memoryFiles(true), ...extraFiles(true), ...allPolicyFiles()].map(
    ({ name, about }) => [name, about],
  ),
);

/** What a control file is for; empty: it is none that is known. */
export const aboutFile = (name: string): string => ABOUT.get(name) ?? '';
