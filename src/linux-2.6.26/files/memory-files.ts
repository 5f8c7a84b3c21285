import type { ControlFile } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { parseWrittenSize } from '../../kernel/memparse.ts';
import { bytesOf, PAGE_SIZE } from '../../kernel/units.ts';
import { lruPages } from '../../mm/frames.ts';
import { startDaemon } from '../daemon.ts';
import { mayForceEmpty } from '../force-empty.ts';
import { placeMarks } from '../policy/policy.ts';
import { type Mark, setMark } from '../res-counter.ts';

/** The control files of mm/memcontrol.c, in the order of their registration (mem_cgroup_files[]). */

const readOnly: ControlFile['write'] = () => refuse('EINVAL', 'this file is read only');

const usage: ControlFile = {
  name: 'memory.usage_in_bytes',
  about: 'the memory that is charged to the cgroup now',
  read: (_fs, { memcg }) => done(`${bytesOf(memcg.res.usage)}\n`),
  write: readOnly,
};

const maxUsage: ControlFile = {
  name: 'memory.max_usage_in_bytes',
  about: 'the highest usage so far; any write sets it to the usage of now',
  read: (_fs, { memcg }) => done(`${bytesOf(memcg.res.maxUsage)}\n`),
  write: (_fs, { memcg }) => {
    memcg.res.maxUsage = memcg.res.usage;
    return OK;
  },
};

const failcnt: ControlFile = {
  name: 'memory.failcnt',
  about: 'how many charges met the limit; any write sets it to 0',
  read: (_fs, { memcg }) => done(`${memcg.res.failcnt}\n`),
  write: (_fs, { memcg }) => {
    memcg.res.failcnt = 0;
    return OK;
  },
};

/** limit_in_bytes, high_wmark_in_bytes or low_wmark_in_bytes. */
function markFile(name: string, mark: Mark, about: string): ControlFile {
  return {
    name,
    about,
    read: (_fs, { memcg }) => done(`${memcg.res[mark]}\n`),
    write: ({ mm }, { memcg }, data) => {
      // 3/4: the thread is started before the value is looked at, and stays when that is refused.
      if (mark === 'high') startDaemon(mm, memcg);
      const value = parseWrittenSize(data);
      if (value === null) return refuse('EINVAL', SIZE_RULE);
      const refused = setMark(memcg.res, mark, value, mm.wmarks);
      if (refused === null) placeMarks(mm, memcg);
      return refused ?? OK;
    },
  };
}

const SIZE_RULE =
  'a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix of k K m M g G at most, ' +
  'with no sign and no blank before it';

const limit = markFile('memory.limit_in_bytes', 'limit', 'no charge may take the usage above this');
const high = markFile(
  'memory.high_wmark_in_bytes',
  'high',
  'a charge that leaves the usage above this wakes the background reclaimer ("start at")',
);
const low = markFile(
  'memory.low_wmark_in_bytes',
  'low',
  'the background reclaimer goes on until the usage is at or below this ("stop at")',
);

const forceEmpty: ControlFile = {
  name: 'memory.force_empty',
  about:
    'any write reclaims all that can be, then drops the accounting of the rest; not while tasks are in it',
  read: () => refuse('EINVAL', 'force_empty can only be written'),
  write: ({ mm }, cgroup) => mayForceEmpty(mm, cgroup.memcg) ?? { wait: 'force-empty', cgroup },
};

const stat: ControlFile = {
  name: 'memory.stat',
  snapshot: 'read',
  about: 'page cache, anonymous memory, pages charged and uncharged, and the lengths of the two lists',
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
  write: readOnly,
};

/** mem_cgroup_files[]; the marks are there when the series is (`wmarks`). */
export const memoryFiles = (wmarks: boolean): readonly ControlFile[] => [
  usage,
  maxUsage,
  limit,
  failcnt,
  ...(wmarks ? [high, low] : []),
  forceEmpty,
  stat,
];
