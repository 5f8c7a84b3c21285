import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Nanoseconds } from '../../kernel/units.ts';
import { ns } from '../../kernel/units.ts';
import { Machine } from '../../machine/machine.ts';
import type { Position, RunError, RunResult } from '../../script/result.ts';
import { type RunSettings, runScript } from '../../script/run.ts';
import type { Check } from '../../script/world.ts';
import { type Bounds, search } from './search.ts';
import { type Turn, Turns, type TurnTaken } from './turns.ts';

/** A check of a script, or that it goes on to its end, over all orders in which it was run. */
export interface Property extends Position {
  readonly text: string;
  /** Orders that came so far. */
  orders: number;
  /** Those of them in which it held. */
  holds: number;
  /** The first order that broke it, which is one with the fewest turns; null: none did. */
  broken: { readonly found: string; readonly turns: readonly TurnTaken[] } | null;
}

/** What came of a script in every order. */
export interface Orders {
  readonly script: string;
  readonly bounds: Bounds;
  readonly orders: number;
  readonly complete: boolean;
  /** Found and not run: the bound on orders was met. */
  readonly left: { readonly orders: number; readonly turns: number } | null;
  /** Choices in the scheduler's own order. */
  readonly choices: number;
  readonly cpus: number;
  readonly properties: readonly Property[];
}

type Given = Pick<RunSettings, 'script' | 'boot' | 'group' | 'traces'> & {
  /** A script in standard input is read anew for each order. */
  readonly input: () => AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
};

/** Runs a script in every order that its machine's scheduler could have chosen. A RunError: it can't be run at all. */
export async function exploreOrders(given: Given, bounds: Bounds): Promise<Orders | RunError> {
  const properties = new Map<string, Property>();
  let choices = 0;
  let cpus = 0;
  let error: RunError | null = null;
  // Each order's run listens.
  setMaxListeners(0, given.signal);
  const searched = await search(bounds, async (turns) => {
    // ^C is heard between two orders.
    await setImmediate();
    const { result, checks, chooser } = await runIn(turns, given);
    if (given.signal.aborted) return null;
    if (result.error !== null && result.error.kind !== 'refused') {
      error = result.error;
      return null;
    }
    if (turns.length === 0) {
      choices = chooser.choices.length;
      cpus = result.options?.cpus ?? 0;
    }
    for (const [key, check] of checks) note(properties, key, check, chooser.taken);
    const end = result.error;
    const at = { file: given.script, line: 0, column: 0 };
    const found = end === null ? '' : `it ended at line ${end.line}, ${end.message}`;
    note(properties, 'end', { at, text: TO_ITS_END, found, passed: end === null }, chooser.taken);
    return chooser;
  });
  if (error !== null) return error;
  const { script } = given;
  return { script, bounds, ...searched, choices, cpus, properties: [...properties.values()] };
}

const TO_ITS_END = 'the script goes on to its end';

/** What the checks of one line came to in one order: if it was met more than once, the first that failed. */
interface Met extends Check {
  readonly at: Position;
}

async function runIn(turns: readonly Turn[], given: Given) {
  const checks = new Map<string, Met>();
  let now = (): Nanoseconds => ns(0);
  const chooser = new Turns(turns, () => now());
  const result: RunResult = await runScript({
    ...given,
    stdin: given.input(),
    options: {},
    before: () => [],
    bootMachine: (options) => {
      const machine = Machine.boot(options);
      now = () => machine.now;
      machine.chooser = chooser;
      return machine;
    },
    print: null,
    drained: async () => {},
    keepOutput: false,
    observer: null,
    history: false,
    checked: (check, at) => {
      const key = `${at.file}:${at.line}`;
      if (checks.get(key)?.passed !== false) checks.set(key, { ...check, at });
    },
    progress: () => {},
    clock: () => performance.now(),
  });
  return { result, checks, chooser };
}

function note(
  properties: Map<string, Property>,
  key: string,
  { at, text, found, passed }: Met,
  turns: readonly TurnTaken[],
): void {
  const { file, line, column } = at;
  const property = properties.get(key) ?? { file, line, column, text, orders: 0, holds: 0, broken: null };
  properties.set(key, property);
  property.orders += 1;
  if (passed) property.holds += 1;
  else property.broken ??= { found, turns };
}
