import type { Mm } from '../mm/kernel.ts';
import { type Task } from '../mm/types.ts';
import { type Trace, type TraceBatch } from './behaviour.ts';
import { type Stepped, type TraceProgress } from './progress.ts';
export declare const beginTrace: (mm: Mm, behaviour: Trace) => TraceProgress;
/** The records that the machine asked for (Mm.needs); what is left of those before comes first. */
export declare function feedTrace(progress: TraceProgress, batch: TraceBatch, last: boolean, names: readonly string[]): void;
export declare function traceStep(mm: Mm, task: Task, behaviour: Trace, progress: TraceProgress): Stepped;
