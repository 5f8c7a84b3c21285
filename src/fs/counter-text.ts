import { PAGE_COUNTER_BYTES } from '../kernel/memparse.ts';
import type { Bytes } from '../kernel/units.ts';

/** How the sizes of page counters are written and shown in their files: page_counter_memparse(), seq_puts_memcg_tunable(). */

export const COUNTER =
  'a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole ' +
  'pages; or max';

export const COUNTER_RULE =
  'a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max';

export const showCounter = (value: Bytes): string => (value >= PAGE_COUNTER_BYTES ? 'max\n' : `${value}\n`);
