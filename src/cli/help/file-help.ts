import { cgroupFiles } from '../../fs/cgroup-files.ts';
import type { ControlFile } from '../../fs/types.ts';
import { extraFiles } from '../../linux-2.6.26/files/extra-files.ts';
import { memoryFiles } from '../../linux-2.6.26/files/memory-files.ts';
import { allPolicyFiles } from '../../linux-2.6.26/files/policy-files.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { fullName } from '../../script/paths.ts';
import { FILE_NOTES } from './control-files.ts';
import { type Definition, definitionList } from './definitions.ts';

/** The control files of a machine that nothing else is said about. */
export const USUAL_FILES: readonly ControlFile[] = [
  ...memoryFiles(true),
  ...cgroupFiles(true),
  ...extraFiles(true),
];

/** Every control file that a machine can have. */
export const CONTROL_FILES: readonly ControlFile[] = [...USUAL_FILES, ...allPolicyFiles()];

/** The control file that is named with or without `memory.`, or null. */
export const controlFileNamed = (name: string): ControlFile | null =>
  CONTROL_FILES.find((file) => file.name === name || file.name === fullName(name)) ?? null;

/** What a control file does, its rule, its default, and where it comes from. */
export function fileHelp({ name, about }: ControlFile, look: Look): string {
  const paint = palette(look.color);
  const notes = FILE_NOTES[name];
  const rows: Definition[] = [
    ['read', notes.reads],
    ['write', notes.writes],
    ['rule', notes.rule],
    ['at first', notes.initially],
    ['source', notes.source],
    ['example', `memcg ${notes.example}`],
  ];
  const painted = rows.map(([term, meaning]): Definition => [paint.label(term), meaning]);
  const lines = [
    paint.title(name),
    '',
    ...paragraph(`${sentence(about)}.`, look.width, '  '),
    '',
    ...definitionList(painted, look.width),
  ];
  return `${lines.join('\n')}\n`;
}

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
