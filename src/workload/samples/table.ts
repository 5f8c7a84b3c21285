/** A row of a table: a cell for each of its names, or undefined where the line ended before. */
export interface Row {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly (string | undefined)[];
  /** Where in the line each cell begins, from 1; null: not known. */
  readonly columns: readonly number[] | null;
}

/** Cells that are kept: some 500 MB. */
const MOST_CELLS = 8e6;

/** Rows under names that grow: parts with other headers stand under all of them. */
export class Table {
  readonly names: string[] = [];
  readonly rows: Row[] = [];
  /** Line of the header. */
  header = 1;
  /** Whether parts of it have other columns than others. */
  isRagged = false;
  readonly #at = new Map<string, number>();
  #known: readonly string[] = [];
  #places: readonly number[] = [];
  #cells = 0;

  get isFull(): boolean {
    return this.#cells > MOST_CELLS;
  }

  add(
    names: readonly string[],
    line: number,
    cells: readonly string[],
    columns: readonly number[] | null,
  ): void {
    if (names !== this.#known && names.join('\n') !== this.#known.join('\n')) this.#learn(names);
    this.#known = names;
    this.#cells += this.names.length;
    if (!this.isRagged) this.rows.push({ line, cells, columns });
    else this.rows.push({ line, cells: this.#placed(cells), columns: null });
  }

  #learn(names: readonly string[]): void {
    const isFirst = this.#known.length === 0;
    const seen = new Map<string, number>();
    this.#places = names.map((name) => {
      // Two columns of one name stay two.
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      const key = `${times} ${name}`;
      const at = this.#at.get(key) ?? this.names.push(name) - 1;
      this.#at.set(key, at);
      return at;
    });
    if (!isFirst) this.isRagged = true;
  }

  #placed(cells: readonly string[]): (string | undefined)[] {
    const row: (string | undefined)[] = new Array(this.names.length).fill('');
    for (const [i, at] of this.#places.entries()) row[at] = cells[i];
    return row;
  }
}
