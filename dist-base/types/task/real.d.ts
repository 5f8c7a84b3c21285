import { type StepEnd } from '../kernel/sched.ts';
import type { Mm } from '../mm/kernel.ts';
import { type RealProcess, type Resident, type Task } from '../mm/types.ts';
/** Gives back at once what the process holds less; what it holds more its thread faults in. */
export declare function startSample(mm: Mm, task: Task, real: RealProcess, seen: Resident): void;
/** One step. `ended` is told when all is in, or was refused. */
export declare function realStep(mm: Mm, task: Task, ended: (task: Task) => void): StepEnd;
