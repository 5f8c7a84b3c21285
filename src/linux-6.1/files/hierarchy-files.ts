import { done, OK, refuse } from '../../kernel/errno.ts';
import { kstrtoint, strippedText } from '../../kernel/memparse.ts';
import { NO_LIMIT } from '../cgroup.ts';
import { descendants } from '../tree.ts';
import type { ControlFile } from '../types.ts';

/** The control files of kernel/cgroup/cgroup.c that say how large the tree is, and may be. */

const SOURCE = 'kernel/cgroup/cgroup.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';

function limit(name: string, field: 'maxDepth' | 'maxDescendants', about: string, rule: string): ControlFile {
  return {
    name,
    about,
    kind: 'count',
    reads: 'a number, or max',
    writes: 'a number, or max',
    rule,
    initially: 'max',
    source: SOURCE,
    example: `write /${name} 100`,
    read: (_fs, { memcg }) => {
      const value = memcg.cgroup[field];
      return done(value === NO_LIMIT ? 'max\n' : `${value}\n`);
    },
    write: (_fs, { memcg }, data) => {
      const value = strippedText(data) === 'max' ? NO_LIMIT : kstrtoint(data);
      if (value === 'EINVAL') return refuse('EINVAL', 'write a number, or max');
      if (value === 'ERANGE' || value < 0) return refuse('ERANGE', `write 0 to ${NO_LIMIT}, or max`);
      memcg.cgroup[field] = value;
      return OK;
    },
  };
}

const stat: ControlFile = {
  name: 'cgroup.stat',
  mode: 0o444,
  about: 'how many cgroups are below, and how many were removed and still have memory',
  kind: 'lines',
  rule: 'One that is removed goes with the last page that is charged to it.',
  initially: 'zeros',
  source: SOURCE,
  example: 'cat /cgroup.stat:nr_descendants',
  read: ({ mm }, { memcg }) => {
    const { live, dying } = descendants(mm, memcg);
    return done(`nr_descendants ${live}\nnr_dying_descendants ${dying}\n`);
  },
};

export const LIMIT_FILES: readonly ControlFile[] = [
  limit(
    'cgroup.max.depth',
    'maxDepth',
    'how many levels of cgroups may be below',
    'mkdir answers EAGAIN beyond it. What is there stays.',
  ),
  limit(
    'cgroup.max.descendants',
    'maxDescendants',
    'how many cgroups may be below',
    'mkdir answers EAGAIN beyond it. What is there stays.',
  ),
  stat,
];
