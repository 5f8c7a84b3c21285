import { ALL_POLICIES, KERNEL_VERSIONS, kernelsWith } from '../../../machine/kernels.ts';
import type { Choice } from '../packed.ts';
import { DISKS } from './disks.ts';

/** What can be chosen of a run's machine: the names are those of a setting. */
export const CHOICES: readonly Choice[] = [
  {
    name: 'policy',
    label: 'policy',
    options: ALL_POLICIES.map((name) => [name, `${name} (${kernelsWith(name).join(', ')})`]),
  },
  { name: 'kernel', label: 'kernel', options: KERNEL_VERSIONS.map((name) => [name, name]) },
  { name: 'cpus', label: 'CPUs', options: null },
  { name: 'seed', label: 'seed', options: null },
  { name: 'disk', label: 'disk', options: DISKS.map(({ name, about }) => [name, about]) },
];
