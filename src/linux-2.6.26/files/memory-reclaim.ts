import { COUNTER, COUNTER_RULE } from '../../fs/counter-text.ts';
import { refuse } from '../../kernel/errno.ts';
import { parsePageCounter } from '../../kernel/memparse.ts';
import { V2 } from '../../policy/memory-high.ts';
import { ask } from '../proactive-reclaim.ts';
import { wholePages } from '../res-counter.ts';
import type { ControlFile } from '../types.ts';

/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst): memory.reclaim. */

export const memoryReclaim: ControlFile = {
  name: 'memory.reclaim',
  about: 'a size written is reclaimed before the write returns; EAGAIN when so much can not be had',
  kind: 'bytes',
  writes: `${COUNTER}; nothing is all. The write returns when so much is reclaimed`,
  refusal: 'memory.reclaim can only be written',
  rule: 'EAGAIN when less can be had. Up to 31 pages more may be freed.',
  initially: '-',
  source: `${V2}; with \`machine policy=memory.high\` or reclaim-loop`,
  example: 'write reclaim 8M',
  write: (_fs, cgroup, data) => {
    const value = parsePageCounter(data, '');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    return { wait: 'reclaim', cgroup, asked: ask(wholePages(value)), strict: true };
  },
};
