import { controlFileNamed } from '../../machine/kernels.ts';
import { humanValue } from '../../script/human.ts';
import type { Scrolled } from '../draw/scrolled.ts';
import type { Row, Span } from '../draw/spans.ts';
import { fill, safe, wrap } from '../draw/text.ts';
import type { ControlFileText } from '../stage/stage.ts';

/** Columns of the greatest value that is shown beside its size: an unset mark. */
const VALUE = 19;

interface FileRow {
  readonly file: ControlFileText;
  readonly part: 'value' | 'about';
  readonly text: string;
  /** The file's own row, not one that goes on. */
  readonly isFirst: boolean;
}

/** Every control file with its text; below the selected one what it is for. */
export function files(texts: readonly ControlFileText[], selected: string, columns: number): Scrolled {
  const width = Math.min(28, columns >> 1);
  const rows = texts.flatMap((file) => rowsOf(file, file.name === selected, columns));
  const at = rows.findIndex(({ file }) => file.name === selected);
  const last = rows.findLastIndex(({ file }) => file.name === selected);
  return {
    count: rows.length,
    row: (index) => fileRow(rows[index], rows[index].file.name === selected, width),
    fromEnd: false,
    // A long file would hide its own name.
    ...(at < 0 ? {} : { keep: Math.min(last, at + 2) }),
  };
}

function rowsOf(file: ControlFileText, isSelected: boolean, columns: number): FileRow[] {
  const lines = file.text === null ? ['(can only be written)'] : file.text.replace(/\n$/, '').split('\n');
  const values = lines.map((text, i): FileRow => ({ file, part: 'value', text, isFirst: i === 0 }));
  if (!isSelected) return values;
  const about = `${controlFileNamed(file.name)?.about ?? ''}${file.writable ? '; e edits it' : '; read only'}`;
  const [head, ...rest] = values;
  const told = wrap(about, columns - 4).map(
    (text): FileRow => ({ file, part: 'about', text, isFirst: false }),
  );
  return [head, ...told, ...rest];
}

function fileRow(row: FileRow, isSelected: boolean, width: number): Row {
  const { file, part, text, isFirst } = row;
  if (part === 'about') return ['    ', [text, 'label']];
  const sign = isSelected && isFirst ? '▶ ' : '  ';
  const name: Span = [
    fill(safe(isFirst ? file.name : ''), width),
    isSelected ? 'selected' : file.writable ? null : 'label',
  ];
  return [sign, name, '  ', ...valueSpans(file.name, text)];
}

/** `58720256  56M`, or `cache 58720256  56M`. */
function valueSpans(name: string, text: string): Span[] {
  const pair = /^(\S+) (\S+)$/.exec(text);
  const value = safe(pair ? pair[2] : text);
  const human = pair ? humanValue(pair[1], pair[2]) : humanValue(name, text);
  return [
    pair ? [`${fill(safe(pair[1]), 18)} `, 'label'] : '',
    human === '' ? value : fill(value, VALUE),
    [human === '' ? '' : `  ${human}`, 'title'],
  ];
}
