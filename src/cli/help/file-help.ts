import type { ControlFile } from '../../fs/types.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { type Definition, definitionList } from './definitions.ts';

/** What a control file does, its rule, its default, and where it comes from. */
export function fileHelp(file: ControlFile, look: Look): string {
  const paint = palette(look.color);
  const rows: Definition[] = [
    ['read', file.read === undefined ? REFUSED : (file.reads ?? ofKind(file))],
    ['write', file.writes ?? REFUSED],
    ['rule', file.rule],
    ['at first', file.initially],
    ['source', file.source],
    ['example', `memcg ${file.example}`],
  ];
  const painted = rows.map(([term, meaning]): Definition => [paint.label(term), meaning]);
  const lines = [
    paint.title(file.name),
    '',
    ...paragraph(`${sentence(file.about)}.`, look.width, '  '),
    '',
    ...definitionList(painted, look.width),
  ];
  return `${lines.join('\n')}\n`;
}

const REFUSED = 'nothing: EINVAL';
const ofKind = ({ kind }: ControlFile): string => (kind === 'bytes' ? 'bytes' : 'a number');

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
