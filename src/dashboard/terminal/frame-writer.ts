import { type Cells, cellsOf, NO_CELLS } from './cells.ts';

/** Fewer unchanged columns than this are written again: to jump over them takes as many bytes. */
const SHORTEST_JUMP = 5;
/** DEC private mode 2026: a terminal that knows it shows the frame at once. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

/** Knows what the terminal shows, and what has to be written so that it shows something else. */
export class FrameWriter {
  #rows: readonly string[] = [];
  #cells: Cells[] = [];
  #style = '';

  /** Bytes for the terminal, empty when nothing has changed. Rows beyond the screen are left out. */
  write(frame: string, height: number): string {
    const rows = frame.split('\n', height);
    const changes: string[] = [];
    for (let y = 0; y < Math.max(rows.length, this.#rows.length); y += 1) {
      const row = rows[y] ?? '';
      if (row === this.#rows[y]) continue;
      const cells = row === '' ? NO_CELLS : cellsOf(row);
      changes.push(this.#row(y, this.#cells[y] ?? NO_CELLS, cells));
      this.#cells[y] = cells;
    }
    this.#rows = rows;
    const all = changes.join('') + this.#styled('');
    return all === '' ? '' : BEGIN + all + END;
  }

  /** The terminal was cleared: nothing of the last frame is there. */
  forget(): void {
    this.#rows = [];
    this.#cells = [];
  }

  #row(y: number, before: Cells, after: Cells): string {
    const end = Math.max(lastMark(before), lastMark(after)) + 1;
    const blankFrom = lastMark(after) + 1;
    let bytes = '';
    let at: number | null = null;
    for (let x = 0; x < end; ) {
      if (isSame(before, after, x)) {
        x += 1;
        continue;
      }
      if (x >= blankFrom) return `${bytes}${this.#jump(y, at, x)}${this.#styled('')}\x1b[K`;
      const near = at !== null && x - at < SHORTEST_JUMP;
      bytes += near ? this.#cellsBetween(after, at ?? x, x) : this.#jump(y, at, x);
      const from = x;
      do x += 1;
      while (after.texts[x] === '');
      bytes += this.#cellsBetween(after, from, x);
      at = x;
    }
    return bytes;
  }

  #jump(y: number, from: number | null, x: number): string {
    if (from === null) return x === 0 ? `\x1b[${y + 1}H` : `\x1b[${y + 1};${x + 1}H`;
    return from === x ? '' : `\x1b[${x - from}C`;
  }

  #cellsBetween({ texts, styles }: Cells, from: number, to: number): string {
    let bytes = '';
    for (let x = from; x < to; x += 1) bytes += this.#styled(styles[x] ?? '') + (texts[x] ?? ' ');
    return bytes;
  }

  #styled(style: string): string {
    const before = this.#style;
    if (style === before) return '';
    this.#style = style;
    if (style === '' || before === '') return `\x1b[${style}m`;
    return style.startsWith(`${before};`) ? `\x1b[${style.slice(before.length + 1)}m` : `\x1b[0;${style}m`;
  }
}

const isSame = (a: Cells, b: Cells, x: number): boolean =>
  (a.texts[x] ?? ' ') === (b.texts[x] ?? ' ') && (a.styles[x] ?? '') === (b.styles[x] ?? '');

/** The last column that is no plain blank; -1: there is none. */
function lastMark({ texts, styles }: Cells): number {
  let x = texts.length - 1;
  while (x >= 0 && texts[x] === ' ' && styles[x] === '') x -= 1;
  return x;
}
