import { type LineReader, type ReportRow, TIME } from './line-readers.ts';
import { isTime } from './sample-clock.ts';

const NAMES = ['NAME', 'MEM USAGE', 'BLOCK I', 'BLOCK O'];
/** By these a terminal clears its screen and its lines. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');
const DECIMAL: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** `docker stats`, as it stands on the screen or with `--format json`. */
export function dockerStats(): LineReader {
  let time: string | null = null;
  /** Where the name, MEM USAGE / LIMIT and BLOCK I/O stand in a row. */
  let at: readonly number[] | null = null;
  const row = (name = '', memory = '', io = ''): ReportRow => {
    const [read, written] = io.split('/');
    const cells = [name, memory.split('/')[0].trim(), decimal(read), decimal(written)];
    return time === null ? { names: NAMES, cells } : { names: [TIME, ...NAMES], cells: [time, ...cells] };
  };
  return (line) => {
    const text = line.replace(ESCAPES, '').trim();
    if (isTime(text)) {
      time = text;
      return null;
    }
    const json = /^(.*?)\s*(\{.*\})$/.exec(text);
    if (json !== null) {
      const stats = parsed(json[2]);
      if (json[1] !== '') time = json[1];
      return stats === null
        ? null
        : row(stats['Name'] ?? stats['Container'] ?? stats['ID'], stats['MemUsage'], stats['BlockIO']);
    }
    const words = text.split(/\s{2,}|\t/);
    if (text.includes('MEM USAGE')) {
      const name = words.indexOf('NAME');
      at = [name < 0 ? 0 : name, words.indexOf('MEM USAGE / LIMIT'), words.indexOf('BLOCK I/O')];
      return null;
    }
    return at === null || words.length < 2 ? null : row(...at.map((each) => words[each]));
  };
}

/** A size of 1000 (`1.2MB`) in bytes. */
function decimal(text = ''): string {
  const parts = /^\s*([\d.]+)\s*([kKMGT]?B)\s*$/.exec(text);
  return parts === null ? '' : `${Math.round(Number(parts[1]) * DECIMAL[parts[2]])}`;
}

function parsed(text: string): Readonly<Record<string, string>> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
