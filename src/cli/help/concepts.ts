import { duration } from '../../kernel/numbers.ts';
import type { MarkName } from '../../machine/kernels.ts';
import {
  ERRATA_SETS,
  KERNEL_VERSIONS,
  KERNELS,
  kernelNamed,
  POLICIES,
  policyNamed,
} from '../../machine/kernels.ts';
import { DEFAULT_COSTS } from '../../machine/machine.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { type Definition, definitionList } from './definitions.ts';

/** What people know before they know a command: a word of the kernel's, and where it leads here. */
interface Concept {
  /** The first is its title. */
  readonly words: readonly string[];
  readonly about: string;
  readonly rows: () => readonly Definition[];
  readonly example: string;
}

const markOf = (mark: MarkName | null, policy: string): Definition[] =>
  mark === null
    ? []
    : [[`policy=${policy}`, `${mark.name}, by memory.${mark.knob.replace(/^memory\./, '')}`]];

const marks = (which: 'start' | 'stop'): Definition[] =>
  POLICIES.flatMap((name) => markOf(policyNamed(name)[which], name));

const CONCEPTS: readonly Concept[] = [
  {
    words: ['memcontd', 'kswapd', 'reclaimer'],
    about:
      'The kernel thread that reclaims in the background, one for each cgroup that has marks. A charge that ' +
      'leaves the usage above high wakes it; it sleeps when the usage is at or below low.',
    rows: () => [
      ['begins', 'with the first write of high or low, or of memory.reclaimd'],
      ['files', 'high_wmark_in_bytes, low_wmark_in_bytes, reclaimd, reclaim_stat'],
      ['what it did', 'memcg events; memcg stat: RECLAIMER and CPU'],
      ['of others', 'kswapd2011, alinux and loops on memory.reclaim: memcg help policy'],
    ],
    example: 'memcg events',
  },
  {
    words: ['policy', 'policies'],
    about: 'Who reclaims in the background, and by which marks: a machine is booted with one of these.',
    rows: () => POLICIES.map((name) => [`policy=${name}`, policyNamed(name).about]),
    example: 'memcg reset policy=memory.high',
  },
  {
    words: ['kernel', 'kernels'],
    about: 'Which memory controller a machine has.',
    rows: () =>
      KERNEL_VERSIONS.map((version) => {
        const { hierarchy, policies } = KERNELS[kernelNamed(version)];
        return [version, `${hierarchy.type} at ${hierarchy.directory}; policies: ${policies.join(', ')}`];
      }),
    example: 'memcg reset kernel=6.1',
  },
  {
    words: ['high'],
    about: 'The mark at which reclaim in the background starts. Each policy has its own file for it.',
    rows: () => [
      ...marks('start'),
      ['kernel 6.1', 'memory.high: who is above it reclaims, and is held back'],
    ],
    example: 'memcg write high_wmark_in_bytes 64M',
  },
  {
    words: ['low'],
    about: 'The mark at which reclaim in the background stops. Each policy has its own file for it.',
    rows: () => [...marks('stop'), ['kernel 6.1', 'none; memory.low is another thing: what is protected']],
    example: 'memcg write low_wmark_in_bytes 16M',
  },
  {
    words: ['limit', 'max'],
    about: 'What a cgroup may not pass: a task that meets it reclaims by itself, and waits. That is a stall.',
    rows: () => [
      ['2.6.26', 'memory.limit_in_bytes; failcnt counts the charges that met it'],
      ['6.1', 'memory.max; memory.events:max counts them'],
      ['replay', '--limit 64M, or --limit 70% of what the script uses without one'],
    ],
    example: 'memcg write limit_in_bytes 64M',
  },
  {
    words: ['watermark', 'watermarks', 'mark', 'marks', 'wmark'],
    about:
      'Two sizes below the limit: reclaim in the background starts above high and stops at low, so that tasks ' +
      'never meet the limit. low <= high <= limit.',
    rows: () => [
      ['high', 'where it starts: memcg help high'],
      ['low', 'where it stops: memcg help low'],
      ['limit', 'what both are for: memcg help limit'],
      ['which?', 'memcg tune finds them for a workload'],
    ],
    example: 'memcg set default low_wmark_in_bytes=48M high_wmark_in_bytes=56M',
  },
  {
    words: ['errata', 'erratum'],
    about: 'Errors of the patch as it was posted, which are mended here and can be put back by name.',
    rows: () => [
      ['charge-fallthrough', 'when a pass frees nothing, a page is accepted without being charged'],
      ['force-empty-inverted', 'force_empty and rmdir reclaim nothing: pages stay, charged to nobody'],
      ['force-empty-ref-leak', 'after a force_empty that was refused the cgroup can never be removed'],
      ['state-never-over-limit', 'a limit below the usage is not seen as one'],
      ['best-node-forgotten', 'the last node is reclaimed, not the best'],
      ...Object.entries(ERRATA_SETS).map(
        ([name, errata]): Definition => [
          name,
          errata.length > 3 ? 'all of them' : `${errata.join(', ')}: what the recorded kernel had`,
        ],
      ),
    ],
    example: 'memcg reset --errata posted',
  },
  {
    words: ['cost', 'costs'],
    about: 'What things cost in virtual time. A machine is booted with other costs by cost.NAME=TIME.',
    rows: () => Object.entries(DEFAULT_COSTS).map(([name, cost]) => [`cost.${name}`, duration(cost)]),
    example: 'memcg reset cost.scan=80ns',
  },
  {
    words: ['language', 'script', 'syntax'],
    about:
      'What follows memcg in a shell is a line of a script: a command word, then words with blanks between. ' +
      `'...' is literal, "..." knows \\n, \\t and \\xHH, # begins a comment.`,
    rows: () => [
      ['FILE', '[CGROUP/]NAME; memory. may be left out; cgroups are named from the root'],
      ['FILE:KEY', 'a line of a file of names and values: stat:cache'],
      ['SIZE', 'digits and k, M, G or T: 64M'],
      ['TIME', 'a number and ns, us, ms, s, m or h: 1.5s'],
      ['OP', '== != < <= > >=, or -eq -ne -lt -le -gt -ge, which need no quotes'],
      ['scripts', 'memcg replay FILE runs one; memcg include FILE runs it on this machine'],
    ],
    example: "memcg expect 'usage_in_bytes <= 128M'",
  },
];

export const CONCEPT_WORDS: readonly string[] = CONCEPTS.flatMap(({ words }) => words);

/** What there is to say of such a word; null: it is none. */
export function conceptHelp(topic: string, look: Look): string | null {
  const concept = CONCEPTS.find(({ words }) => words.includes(topic.toLowerCase()));
  if (concept === undefined) return null;
  const { title, label } = palette(look.color);
  const rows = concept.rows().map(([term, meaning]): Definition => [label(term), meaning]);
  const blocks = [
    [title(concept.words[0])],
    paragraph(concept.about, look.width, '  '),
    definitionList(rows, look.width),
    [label('Example'), `  ${concept.example}`],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
