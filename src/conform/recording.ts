import type { Boot } from './front.ts';
import type { Comparison, Kind, RecordedLine, Skipped, Value } from './kind.ts';

/** Reading recordings: JSON lines, of which what can't be used is named and counted, never dropped silently. */

/** Runs one recording, given as the text of its file. */
export function runRecording(kind: Kind, text: string, boot?: Boot): Comparison {
  const { lines, skipped } = readRecording(kind, text);
  const comparison = kind.run(lines, boot);
  return { answers: comparison.answers, skipped: [...skipped, ...comparison.skipped] };
}

export function readRecording(kind: Kind, text: string): { lines: RecordedLine[]; skipped: Skipped[] } {
  const lines: RecordedLine[] = [];
  const skipped: Skipped[] = [];
  const rows = text.split('\n');
  for (const [index, row] of rows.entries()) {
    if (row.trim() === '') continue;
    const number = index + 1;
    const fields = parseObject(row);
    const why =
      fields === null ? 'the line is cut or no JSON object' : otherKernel(fields['kernel'], kind.dialect);
    if (fields === null || why !== null) {
      skipped.push({ line: number, why: why ?? '' });
      continue;
    }
    for (const name of Object.keys(fields)) {
      if (!kind.fields.includes(name)) skipped.push({ line: number, why: `the field ${name} is unknown` });
    }
    lines.push({ number, fields });
  }
  return { lines, skipped };
}

function parseObject(row: string): Record<string, Value> | null {
  try {
    const value: unknown = JSON.parse(row);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function otherKernel(kernel: Value | undefined, dialect: string): string | null {
  if (typeof kernel === 'string' && (kernel === dialect || kernel.startsWith(`${dialect} (`))) return null;
  return `the line is of another kernel (${JSON.stringify(kernel ?? 'none named')})`;
}
