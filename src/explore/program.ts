import type { Execution } from './execution.ts';
import { maskOf, type SharedName } from './state.ts';

/** Where a thread goes after a line: a label, END, or, left out, the next line. */
export type Label = string;

export const END = 'end';

/** One step of a thread: at most one access to what is shared, or what a lock makes one. */
export interface Line {
  readonly label: Label;
  /** What it does, in the words of the source. */
  readonly text: string;
  /** Where it stands: the patch and its hunk, or a file of 2.6.26, and the function. */
  readonly source: string;
  readonly reads: readonly SharedName[];
  readonly writes: readonly SharedName[];
  /** Written by adding alone: two that add may do so in either order. */
  readonly adds: readonly SharedName[];
  /** Labels that it may go to beside the next line. */
  readonly to: readonly Label[];
  /** A locked instruction of x86: the thread's store buffer is empty before, and what it sets is seen at once. */
  readonly locked: boolean;
  /** False: the thread waits here. */
  when(e: Execution): boolean;
  run(e: Execution): Label | undefined;
}

/** A line as it is written down. */
export type Step = Pick<Line, 'label' | 'text' | 'source'> &
  Partial<Pick<Line, 'reads' | 'writes' | 'adds' | 'to' | 'locked' | 'when'>> & {
    readonly run: (e: Execution) => Label | undefined;
  };

export interface Program {
  /** Of the threads that run it. */
  readonly name: string;
  /** It may come to where it was before, with all else as it was: only such threads are in rounds that go on for ever. */
  readonly repeats: boolean;
  /** Greatest values of its registers. */
  readonly registers: readonly number[];
  readonly lines: readonly CompiledLine[];
  /** Memory that the thread at this line or any that follows may touch, a mask each for lines and the end. */
  readonly later: readonly Footprint[];
}

export interface Footprint {
  readonly reads: number;
  readonly writes: number;
  readonly adds: number;
}

export interface CompiledLine extends Footprint {
  readonly line: Line;
  /** Its place in the program; a line that names no other goes on to the next. */
  readonly number: number;
  /** The thread may be over after it. */
  readonly ends: boolean;
  /** Where else it goes; the end is the number of lines. */
  readonly next: ReadonlyMap<Label, number>;
}

const always = (): boolean => true;

export function program(
  name: string,
  registers: readonly number[],
  given: readonly Step[],
  repeats = false,
): Program {
  const lines = given.map(
    (each): Line => ({
      reads: [],
      writes: [],
      adds: [],
      to: [],
      locked: false,
      when: always,
      ...each,
    }),
  );
  const numbers = new Map<Label, number>([
    ...lines.map(({ label }, at): [Label, number] => [label, at]),
    [END, lines.length],
  ]);
  if (numbers.size !== lines.length + 1) throw new Error(`${name} has a label twice`);
  const compiled = lines.map((line, at): CompiledLine => {
    const next = new Map(line.to.map((label): [Label, number] => [label, placeOf(numbers, name, label)]));
    const ends = at + 1 === lines.length || line.to.includes(END);
    return {
      line,
      number: at,
      ends,
      next,
      reads: maskOf(line.reads),
      writes: maskOf(line.writes),
      adds: maskOf(line.adds),
    };
  });
  return {
    name,
    repeats,
    registers,
    lines: compiled,
    later: compiled.map((_, at) => footprintFrom(compiled, at)).concat(NOTHING),
  };
}

const NOTHING: Footprint = { reads: 0, writes: 0, adds: 0 };

function placeOf(numbers: ReadonlyMap<Label, number>, name: string, label: Label): number {
  const place = numbers.get(label);
  if (place === undefined) throw new Error(`${name} has no line ${label}`);
  return place;
}

function footprintFrom(lines: readonly CompiledLine[], from: number): Footprint {
  const seen = new Set<number>();
  const todo = [from];
  let { reads, writes, adds } = NOTHING;
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (seen.has(at) || at === lines.length) continue;
    seen.add(at);
    const line = lines[at];
    reads |= line.reads;
    writes |= line.writes;
    adds |= line.adds;
    todo.push(at + 1, ...line.next.values());
  }
  return { reads, writes, adds };
}
