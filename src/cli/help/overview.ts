import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import type { Family } from '../../script/entry.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { VOCABULARY } from '../../script/vocabulary.ts';
import { COMMAND_GROUPS } from '../command-names.ts';
import { CONCEPT_WORDS } from './concepts.ts';
import { type Definition, definitionList, termWidth } from './definitions.ts';

const FAMILIES: readonly (readonly [title: string, families: readonly Family[]])[] = [
  ['Cgroups and their files', ['files']],
  ['Tasks', ['tasks']],
  ['Real processes, as a mount sees them', ['processes']],
  ['Time and the world', ['time', 'world']],
  ['Faults, for tests of what a program does then', ['faults']],
  ['Checks and scripts', ['checks', 'script']],
];

const OPTIONS: readonly Definition[] = [
  ['-g, --group CGROUP', 'where files and tasks are that name no cgroup (MEMCG_GROUP, else /default)'],
  ['--session NAME', 'which machine (MEMCG_SESSION, else default)'],
  ['--json', 'print JSON where a table would be printed (memcg help --schema)'],
  ['-v, --version', 'print the version of memcg, alone'],
];

const STATUSES: readonly Definition[] = [
  ['0', 'done'],
  ['1', 'the kernel refused, an expectation was not met, a wait timed out'],
  ['2', 'wrong usage'],
  ['3', 'the world failed: a file, the disk, the server'],
  ['130', 'interrupted'],
];

/** `memcg help`: every command in a line. */
export function overview(look: Look): string {
  const { title } = palette(look.color);
  const sections: [string, readonly Definition[]][] = [
    ...FAMILIES.map(([heading, families]): [string, Definition[]] => [
      heading,
      VOCABULARY.filter(({ family }) => families.includes(family)).map(({ word, summary }) => [
        word,
        summary,
      ]),
    ]),
    ['What a task does: run TASK BEHAVIOUR...', BEHAVIOURS.map(({ word, summary }) => [word, summary])],
    ...Object.entries(COMMAND_GROUPS).map(([heading, group]): [string, Definition[]] => [
      heading,
      Object.entries(group),
    ]),
  ];
  const column = termWidth(sections.flatMap(([, definitions]) => definitions));
  const blocks = [
    [title('memcg [-g CGROUP] [--session NAME] COMMAND ...')],
    paragraph(
      'A small emulated machine whose memory controller is that of a 2008 kernel patch. ' +
        'The first command boots it; it goes on running between your commands.',
      look.width,
      '  ',
    ),
    ...sections.map(([heading, definitions]) => [
      title(heading),
      ...definitionList(definitions, look.width, column),
    ]),
    [title('Options'), ...definitionList(OPTIONS, look.width)],
    [title('Exit status'), ...definitionList(STATUSES, look.width)],
    [
      title('More'),
      ...definitionList(
        [
          ['memcg help write', 'a command, with an example'],
          ['memcg help high_wmark_in_bytes', 'a control file: its rule, its default, where it comes from'],
          ['memcg help memory.high', 'one of another kernel: how to boot a machine that has it'],
          ['memcg help watermark', `a word: ${CONCEPT_WORDS.join(', ')}`],
          ['memcg help files', 'all control files'],
        ],
        look.width,
        30,
      ),
    ],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
