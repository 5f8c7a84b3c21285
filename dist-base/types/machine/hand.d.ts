import { type StepEnd } from '../kernel/sched.ts';
import type { MachineState } from './state.ts';
/** The thread `sh`: carries out what an operation began that takes virtual time. */
export declare function shStep(state: MachineState): StepEnd;
