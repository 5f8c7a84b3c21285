import type { Completer } from '../../dashboard/stage/completer.ts';
import { lineCandidates } from './line-candidates.ts';
import { splitTyped } from './shell-words.ts';

/** What the last word of a line of the language can become, on the machine that one looks at. */
export const completeLine: Completer = (line, group, names) => {
  const { words, current } = splitTyped(line);
  return lineCandidates(words, current, group, {
    cgroups: async () => names.cgroups(),
    files: async (cgroup) => names.files(cgroup),
    tasks: async () => names.tasks(),
    sessions: async () => [],
  });
};
