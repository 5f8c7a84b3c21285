import type { Mm } from '../mm/kernel.ts';
import { type Task } from '../mm/types.ts';
import type { Stream } from './behaviour.ts';
import { type Stepped, type StreamProgress } from './progress.ts';
/** stream: read(2) or write(2) of a file, block after block, or blocks at random. */
export declare function beginStream(mm: Mm, task: Task, behaviour: Stream): StreamProgress;
/** One system call. ENOMEM makes it short: the rest of the block is skipped, as dd conv=noerror does. */
export declare function streamStep(mm: Mm, task: Task, behaviour: Stream, progress: StreamProgress): Stepped;
