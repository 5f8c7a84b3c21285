import { type StepEnd } from '../kernel/sched.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Task } from '../mm/types.ts';
import type { Behaviour } from './behaviour.ts';
/** A task: does its behaviour call by call, and takes signals between two calls. */
export declare function startBehaviour(mm: Mm, task: Task, behaviour: Behaviour): void;
/** Asks a behaviour to end; it does so at its next return to user mode. */
export declare function stopBehaviour(mm: Mm, task: Task): void;
/** One step. `ended` is told of each behaviour that has ended. */
export declare function taskStep(mm: Mm, task: Task, ended: (task: Task) => void): StepEnd;
