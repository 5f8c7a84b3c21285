import { daemon } from './daemon.ts';
import { files } from './files.ts';
import type { Kind } from './kind.ts';
import { order, verbatim } from './order.ts';
import { trace } from './trace.ts';
import { workloads } from './workloads.ts';
import { write } from './write.ts';

/** In the order in which they are shown. */
export const KINDS: readonly Kind[] = [write, order, verbatim, files, daemon, trace, workloads];
