import type { Choice, Turn, TurnTaken } from './turns.ts';

/** What came of a script in one order. */
export interface Ran {
  readonly taken: readonly TurnTaken[];
  readonly choices: readonly Choice[];
  readonly cut: boolean;
}

export interface Bounds {
  readonly preemptions: number;
  readonly orders: number;
}

export interface Searched {
  readonly orders: number;
  /** All orders with at most so many preemptions were run. */
  readonly complete: boolean;
  /** Orders that were found and not run, of those with so many turns; null: none. */
  readonly left: { readonly orders: number; readonly turns: number } | null;
}

/** A run whose choices are still to be made otherwise. */
interface Parent {
  readonly turns: readonly Turn[];
  readonly choices: readonly Choice[];
}

/**
 * Runs every order with at most so many preemptions: those with no turn first (the scheduler's own), then with one, two,
 * and so on. Where the bound on orders leaves no room for all of so many turns, those that are run are spread evenly.
 * `run` answers null when it is to stop.
 */
export async function search(
  { preemptions, orders: most }: Bounds,
  run: (turns: readonly Turn[]) => Promise<Ran | null>,
): Promise<Searched> {
  let orders = 0;
  let cut = false;
  let left: Searched['left'] = null;
  for (let level: Iterable<readonly Turn[]> = [[]], turns = 0; ; turns += 1) {
    const parents: Parent[] = [];
    for (const order of level) {
      const ran = await run(order);
      if (ran === null) return { orders, complete: false, left };
      orders += 1;
      cut ||= ran.cut;
      parents.push({ turns: order, choices: ran.choices });
    }
    if (left !== null) return { orders, complete: false, left };
    const found = parents.reduce((sum, parent) => sum + countOf(parent, preemptions), 0);
    if (found === 0) return { orders, complete: !cut, left };
    const room = Math.min(found, most - orders);
    if (room < found) left = { orders: found - room, turns: turns + 1 };
    level = spread(parents, preemptions, found, room);
  }
}

const mayPreempt = ({ turns }: Parent, preemptions: number): boolean =>
  turns.filter(({ preempts }) => preempts).length < preemptions;

function countOf(parent: Parent, preemptions: number): number {
  const may = mayPreempt(parent, preemptions);
  return parent.choices.reduce((sum, { others, preempts }) => sum + (preempts && !may ? 0 : others), 0);
}

/** The orders that have one turn more than these: `room` of the `found` ones. */
function* spread(
  parents: readonly Parent[],
  preemptions: number,
  found: number,
  room: number,
): Generator<readonly Turn[]> {
  let at = 0;
  let taken = 0;
  for (const parent of parents) {
    const { turns, choices } = parent;
    const may = mayPreempt(parent, preemptions);
    const first = (turns.at(-1)?.choice ?? -1) + 1;
    for (const [index, { others, preempts }] of choices.entries()) {
      if (preempts && !may) continue;
      for (let takes = 1; takes <= others; takes += 1) {
        if (at === Math.floor((taken * found) / room)) {
          taken += 1;
          yield [...turns, { choice: first + index, takes, preempts }];
        }
        at += 1;
      }
    }
  }
}
