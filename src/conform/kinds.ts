import type { KernelVersion } from '../machine/machine.ts';
import { daemon } from './daemon.ts';
import { files } from './files.ts';
import type { Kind } from './kind.ts';
import { abiList61 } from './linux-6.1/abi-list.ts';
import { abiSeq61 } from './linux-6.1/abi-seq.ts';
import { abiWrite61 } from './linux-6.1/abi-write.ts';
import { loops61 } from './linux-6.1/loops.ts';
import { swap61 } from './linux-6.1/swap.ts';
import { trace61 } from './linux-6.1/trace.ts';
import { pairs61 } from './linux-6.1/two-groups.ts';
import { workloads61 } from './linux-6.1/workloads.ts';
import { order, verbatim } from './order.ts';
import { trace } from './trace.ts';
import { workloads } from './workloads.ts';
import { write } from './write.ts';

/** In the order in which they are shown. */
export const KINDS: readonly Kind[] = [write, order, verbatim, files, daemon, trace, workloads];

/** By kernel. */
export const KINDS_OF: Readonly<Record<KernelVersion, readonly Kind[]>> = {
  '2.6.26': KINDS,
  '6.1': [abiWrite61, abiList61, abiSeq61, trace61, workloads61, loops61, pairs61, swap61],
};
