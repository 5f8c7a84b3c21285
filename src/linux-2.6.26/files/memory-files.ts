import type { WriteAnswer } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { parseWrittenSize } from '../../kernel/memparse.ts';
import { bytesOf, PAGE_SIZE } from '../../kernel/units.ts';
import { lruPages } from '../../mm/frames.ts';
import { SERIES } from '../../policy/rfc.ts';
import { mayForceEmpty } from '../force-empty.ts';
import { placeMarks } from '../policy/policy.ts';
import { type Mark, setMark } from '../res-counter.ts';
import type { ControlFile, MemCgroup, Mm } from '../types.ts';

/** The control files of mm/memcontrol.c. */

const BASE = 'Linux 2.6.26';
export const SIZE =
  'a size: decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M or G at most; ' +
  'rounded up to whole pages of 4096 bytes';
export const MARK_ORDER =
  'low <= high <= limit after every write, equal allowed; a write that would break this answers EINVAL ' +
  'and changes nothing. To tighten: low, then high, then limit. To loosen: limit, high, low. ' +
  '`memcg set` finds the order.';
export const unsetBut = (booted: string): string =>
  '9223372036854775807, which is unset (and no multiple of a page: it can not be written back); ' +
  `/default is booted with ${booted}`;

const usage: ControlFile = {
  name: 'memory.usage_in_bytes',
  about: 'the memory that is charged to the cgroup now',
  kind: 'bytes',
  reads: 'bytes, a multiple of 4096',
  rule:
    'A page is charged to the cgroup of the task that touches it first, and uncharged when it is freed, ' +
    'truncated or reclaimed. It stays behind when the task moves.',
  initially: '0',
  source: `kernel/res_counter.c and mm/memcontrol.c of ${BASE}`,
  example: 'cat -h usage_in_bytes',
  read: (_fs, { memcg }) => done(`${bytesOf(memcg.res.usage)}\n`),
};

const maxUsage: ControlFile = {
  name: 'memory.max_usage_in_bytes',
  about: 'the highest usage so far; any write sets it to the usage of now',
  kind: 'bytes',
  writes: 'anything, nothing too: sets it to the usage of now',
  rule: 'Rises with the usage and never falls by itself.',
  initially: '0',
  source: `kernel/res_counter.c of ${BASE}`,
  example: 'write max_usage_in_bytes 0',
  read: (_fs, { memcg }) => done(`${bytesOf(memcg.res.maxUsage)}\n`),
  write: (_fs, { memcg }) => {
    memcg.res.maxUsage = memcg.res.usage;
    return OK;
  },
};

/** A write to limit_in_bytes, high_wmark_in_bytes or low_wmark_in_bytes. */
export function writeMark(mm: Mm, memcg: MemCgroup, mark: Mark, data: Uint8Array): WriteAnswer {
  const value = parseWrittenSize(data);
  if (value === null) return refuse('EINVAL', SIZE_RULE);
  const refused = setMark(memcg.res, mark, value, mm.own.wmarks);
  if (refused === null) placeMarks(mm, memcg);
  return refused ?? OK;
}

const SIZE_RULE =
  'a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix of k K m M g G at most, ' +
  'with no sign and no blank before it';

const limit: ControlFile = {
  name: 'memory.limit_in_bytes',
  about: 'no charge may take the usage above this',
  kind: 'bytes',
  writes: SIZE,
  rule:
    `${MARK_ORDER} A charge that would go above the limit makes its task reclaim first: that is a stall. ` +
    'After six refusals without progress the OOM killer ends the largest task. ' +
    'A limit below the usage is taken at once, and reclaims nothing until the next charge.',
  initially: unsetBut('128M'),
  source: `mm/memcontrol.c of ${BASE}; the order with the marks from patch 2/4 of ${SERIES}`,
  example: 'write limit_in_bytes 256M',
  steers: true,
  turn: { falls: 2, rises: 0 },
  read: (_fs, { memcg }) => done(`${memcg.res.limit}\n`),
  write: ({ mm }, { memcg }, data) => writeMark(mm, memcg, 'limit', data),
};

const failcnt: ControlFile = {
  name: 'memory.failcnt',
  about: 'how many charges met the limit; any write sets it to 0',
  kind: 'count',
  writes: 'anything: sets it to 0',
  rule: 'Rises with every refused try: a page that takes four tries counts four.',
  initially: '0',
  source: `kernel/res_counter.c of ${BASE}`,
  example: 'cat failcnt',
  read: (_fs, { memcg }) => done(`${memcg.res.failcnt}\n`),
  write: (_fs, { memcg }) => {
    memcg.res.failcnt = 0;
    return OK;
  },
};

const forceEmpty: ControlFile = {
  name: 'memory.force_empty',
  about:
    'any write reclaims all that can be, then drops the accounting of the rest; not while tasks are in it',
  kind: 'text',
  writes: 'anything, and the write returns when the usage is 0',
  refusal: 'force_empty can only be written',
  rule:
    'EBUSY while the cgroup has tasks, even at usage 0, but never in the root. Pages that can not be ' +
    'reclaimed live on, charged to nobody.',
  initially: '-',
  source: `mm/memcontrol.c of ${BASE}; reclaiming first from patch 1/4 of ${SERIES}`,
  example: 'write force_empty 1',
  write: ({ mm }, cgroup) => mayForceEmpty(mm, cgroup.memcg) ?? { wait: 'force-empty', cgroup },
};

const stat: ControlFile = {
  name: 'memory.stat',
  about: 'page cache, anonymous memory, pages charged and uncharged, and the lengths of the two lists',
  kind: 'lines',
  lines: {
    cache: 'bytes',
    rss: 'bytes',
    active: 'bytes',
    inactive: 'bytes',
    pgpgin: 'pages',
    pgpgout: 'pages',
  },
  reads: 'lines `name value`: cache, rss, active and inactive in bytes, pgpgin and pgpgout in pages',
  rule: 'New page cache is inactive, new anonymous memory active; what is touched again moves up.',
  initially: 'zeros',
  source: `mm/memcontrol.c of ${BASE}`,
  example: 'cat memory.stat:cache',
  snapshot: 'read',
  // A removed cgroup's id may be another's by now, and its lists are empty.
  read: ({ mm }, { memcg, removed }) =>
    done(
      `cache ${memcg.stat.cache * PAGE_SIZE}\n` +
        `rss ${memcg.stat.rss * PAGE_SIZE}\n` +
        `pgpgin ${memcg.stat.pgpgin}\n` +
        `pgpgout ${memcg.stat.pgpgout}\n` +
        `active ${removed ? 0 : lruPages(mm, memcg.id, 1) * PAGE_SIZE}\n` +
        `inactive ${removed ? 0 : lruPages(mm, memcg.id, 0) * PAGE_SIZE}\n`,
    ),
};

/** mem_cgroup_files[], in the order of their registration. */
export const MEMORY_FILES: readonly ControlFile[] = [usage, maxUsage, limit, failcnt, forceEmpty, stat];
