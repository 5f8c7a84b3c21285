import { type Refusal } from '../kernel/errno.ts';
import type { Cgroup, Cgroupfs } from './types.ts';
/** From the masks on: what is refused changes nothing. */
export declare function writeSubtreeControl(fs: Cgroupfs, cgroup: Cgroup, enable: number, disable: number): Refusal | null;
