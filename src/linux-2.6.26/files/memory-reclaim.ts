import { refuse } from '../../kernel/errno.ts';
import { parsePageCounter } from '../../kernel/memparse.ts';
import type { Bytes } from '../../kernel/units.ts';
import { ask } from '../proactive-reclaim.ts';
import { PAGE_COUNTER_MAX, wholePages } from '../res-counter.ts';
import type { ControlFile } from '../types.ts';

/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst): memory.reclaim, and how the sizes of its files are written. */

export const COUNTER_RULE =
  'a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max';

/** The same for a help text. */
export const COUNTER =
  'a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole ' +
  'pages; or max';

export const V2 = 'cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19';

export const showCounter = (value: Bytes): string => (value === PAGE_COUNTER_MAX ? 'max\n' : `${value}\n`);

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
