import { Machine } from '../../machine/machine.ts';
import type { Feeds } from '../../script/traces.ts';
import { freeze, thaw } from './frozen.ts';
import { Observed } from './observed.ts';
import { Player, type Position } from './player.ts';
import { States } from './states.ts';
import type { Tape } from './tape.ts';

/** Bytes of all states together. */
export const MOST_STATES = 256 << 20;
/**
 * Work of the machine between two states, ms: more where saving one takes long, but never so much
 * that doing it again, after loading, takes the 200 ms in which any instant is to be reached.
 */
const WORK_A_STATE = { least: 50, most: 80 } as const;
/** Work, for each ms that saving takes. */
const WORTH = 4;
/** Trace events that go with a state. */
const EVENTS_A_STATE = 1000;

export interface PastSettings {
  readonly tape: Tape;
  readonly feeds: Feeds;
  /** Bytes; left out: MOST_STATES. */
  readonly most?: number;
  /** ms of work between two states; left out: as WORK_A_STATE says. */
  readonly spacing?: number;
}

/**
 * The recorded past of a machine: its tape, and states of it taken in memory as it
 * ran, so near to each other that from one to the next is done again in no time.
 */
export class Past {
  readonly states: States;
  readonly #settings: PastSettings;
  #savingTook = 0;

  constructor(settings: PastSettings) {
    this.#settings = settings;
    this.states = new States(settings.most ?? MOST_STATES);
  }

  /** Where the recording begins, ns. */
  get begin(): number {
    return this.states.first?.time ?? 0;
  }

  /** Takes a state, if there is none yet or the machine has worked enough since. */
  keep(observed: Observed, position: () => Position): void {
    const { last } = this.states;
    if (last !== null && observed.work - last.work < this.#spacing) return;
    const { machine, work } = observed;
    const began = performance.now();
    const frozen = freeze(machine.save(), last?.frozen ?? null);
    this.#savingTook = performance.now() - began;
    const memory = observed.memory(EVENTS_A_STATE);
    this.states.add({ time: machine.now, work, position: position(), frozen, memory });
  }

  get #spacing(): number {
    const { least, most } = WORK_A_STATE;
    return this.#settings.spacing ?? Math.min(most, Math.max(least, WORTH * this.#savingTook));
  }

  /**
   * A player that stands at the last state at or before this time, or is `near` if that is later.
   * null: the recording begins later.
   */
  player(time: number, near: Player | null = null): Player | null {
    const state = this.states.before(time);
    if (state === null) return null;
    const { tape, feeds } = this.#settings;
    const isOurs = near?.tape === tape;
    if (near !== null && isOurs && near.machine.now <= time && near.machine.now >= state.time) return near;
    const observed = new Observed(Machine.load(thaw(state.frozen)), null, state.memory);
    return new Player({ observed, tape, feeds, position: state.position });
  }
}
