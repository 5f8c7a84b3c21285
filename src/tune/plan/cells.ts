import type { Point, Task } from '../sweep.ts';

/** What each pair of marks is run with: a script of several recordings of one program, and a seed. */
export interface Cell {
  readonly script: number;
  readonly seed: number;
}

/** Script by script. */
export const cellsOf = (scripts: readonly number[], seeds: readonly number[]): Cell[] =>
  scripts.flatMap((script) => seeds.map((seed) => ({ script, seed })));

type Seedless = Omit<Point, 'seed' | 'variant'>;

export const withEach = (cells: readonly Cell[], point: Seedless): Task[] =>
  cells.map(({ script, seed }) => ({ script, point: { ...point, seed } }));

/** Once with each script. */
export const withFirstSeed = (cells: readonly Cell[], point: Seedless): Task[] =>
  withEach(
    cells.filter(({ seed }) => seed === cells[0].seed),
    point,
  );

/** With so many variants of the workload, the scripts and seeds by turns. */
export const onOtherDays = (cells: readonly Cell[], point: Seedless, count: number): Task[] =>
  Array.from({ length: count }, (_, i) => {
    const { script, seed } = cells[i % cells.length];
    return { script, point: { ...point, seed, variant: i + 1 } };
  });
