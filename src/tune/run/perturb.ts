import { newRandom, nextFloat, type Random } from '../../kernel/random.ts';
import { type Nanoseconds, ns, type Pages, pages } from '../../kernel/units.ts';
import type { BehaviourWords, Command } from '../../script/command.ts';
import type { Lines } from '../../script/source.ts';
import type { Parsed } from '../../script/vocabulary.ts';

/** All of a run's sizes together, those in traces, too: so much more or less work. */
const WORK = 0.1;
/** Each file, and each task's own memory, beside that. */
const SIZE = 0.03;
/** Each pause, and the pace at which time goes: who comes first among tasks that run together changes with it. */
const TIME = 0.05;
/** Time runs faster and slower by turns, in waves of these lengths, ns: so bursts move against each other. */
const WAVES = [0.7e9, 3e9, 13e9];

/**
 * The same workload on another day: a script's commands with sizes and times a little different, by a variant's
 * number (from 1) and nothing else. What belongs together stays so: all ranges of one file grow alike, and all that
 * one task allocates and frees. Checks (`expect`) are of the run as it was written, and are left out. What stands in
 * a trace's file is as it was, but for `work`.
 */
export class Perturbation {
  /** So much work there is, to what there was: the point's limit and marks stand for it, lower by so much. */
  readonly work: number;
  readonly #variant: number;
  readonly #factors = new Map<string, number>();
  /** Pages that each task has allocated, as the script says it. */
  readonly #allocated = new Map<string, number>();
  /** Where each wave begins, as a share of its length. */
  readonly #phases: readonly number[];
  readonly #pauses: Random;

  constructor(variant: number) {
    this.#variant = variant;
    this.work = 1 + spread(newRandom(variant), WORK);
    const pace = newRandom(mixed(variant, 'pace'));
    this.#phases = WAVES.map(() => nextFloat(pace));
    this.#pauses = newRandom(mixed(variant, 'pauses'));
  }

  lines(all: readonly Lines[]): Lines[] {
    return all.map((lines) => ({ ...lines, parsed: lines.parsed?.map((each) => this.#parsed(each)) ?? [] }));
  }

  #parsed(parsed: Parsed): Parsed {
    if (parsed.kind !== 'command') return parsed;
    const command = this.#command(parsed.command);
    return command === null ? { kind: 'nothing' } : { ...parsed, command };
  }

  /** null: it is left out. */
  #command(command: Command): Command | null {
    switch (command.name) {
      case 'expect':
        return null;
      case 'run':
      case 'start': {
        const behaviour = this.#behaviour(command.task, command.behaviour);
        return behaviour === null ? null : { ...command, behaviour };
      }
      case 'wait':
        return command.for === 'time' ? { ...command, time: this.#pause(command.time) } : command;
      case 'at':
        // Work that takes longer than it did must not make a mistake of the time that it is for.
        return { ...command, time: this.#moment(command.time), late: true };
      case 'truncate':
        return { ...command, pages: this.#sized(`file ${command.file}`, command.pages) };
      default:
        return command;
    }
  }

  /** null: nothing is left of it. */
  #behaviour(task: string, behaviour: BehaviourWords): BehaviourWords | null {
    switch (behaviour.kind) {
      case 'alloc':
        return { ...behaviour, pages: pages(Math.max(1, this.#grown(task, behaviour.pages))) };
      case 'free': {
        if (behaviour.pages === null) {
          this.#allocated.delete(task);
          return behaviour;
        }
        const freed = -this.#grown(task, -behaviour.pages);
        return freed === 0 ? null : { ...behaviour, pages: pages(freed) };
      }
      case 'touch': {
        // Never more than it has.
        const { pages: count } = behaviour;
        const most = count === null ? null : Math.floor(count * this.#factor(`task ${task}`));
        return { ...behaviour, pages: most === null ? null : pages(Math.max(1, most)) };
      }
      case 'map':
        return { ...behaviour, pages: this.#sized(`file ${behaviour.file}`, behaviour.pages) };
      case 'stream': {
        const at = this.#sized(`file ${behaviour.file}`, behaviour.at);
        const end = this.#sized(`file ${behaviour.file}`, pages(behaviour.at + behaviour.pages));
        return { ...behaviour, at, pages: pages(Math.max(1, end - at)) };
      }
      case 'sleep':
        return { ...behaviour, time: this.#pause(behaviour.time) };
      case 'trace':
        return behaviour;
    }
  }

  /** By how much a task's memory changes: of what it has in all, so that what it frees is there. */
  #grown(task: string, by: number): number {
    const factor = this.#factor(`task ${task}`);
    const before = this.#allocated.get(task) ?? 0;
    this.#allocated.set(task, before + by);
    return Math.round((before + by) * factor) - Math.round(before * factor);
  }

  /** 0 stays 0, and something stays something. */
  #sized(thing: string, count: Pages): Pages {
    return pages(count === 0 ? 0 : Math.max(1, Math.round(count * this.#factor(thing))));
  }

  #factor(thing: string): number {
    let factor = this.#factors.get(thing);
    if (factor === undefined) {
      factor = 1 + spread(newRandom(mixed(this.#variant, thing)), SIZE);
      this.#factors.set(thing, factor);
    }
    return factor;
  }

  #pause(time: Nanoseconds): Nanoseconds {
    return ns(Math.round(time * (1 + spread(this.#pauses, TIME))));
  }

  /** Later moments stay later: no wave runs backwards. */
  #moment(time: Nanoseconds): Nanoseconds {
    const shift = (length: number, i: number): number => {
      const at = (moment: number): number => Math.sin(2 * Math.PI * (moment / length + this.#phases[i]));
      return (TIME / WAVES.length) * (length / (2 * Math.PI)) * (at(time) - at(0));
    };
    return ns(Math.round(WAVES.reduce((sum, length, i) => sum + shift(length, i), time)));
  }
}

const spread = (random: Random, most: number): number => most * (2 * nextFloat(random) - 1);

/** A seed of its own for each thing of each variant (FNV-1a). */
function mixed(variant: number, thing: string): number {
  let hash = 0x811c9dc5 ^ variant;
  for (let i = 0; i < thing.length; i += 1) hash = Math.imul(hash ^ thing.charCodeAt(i), 0x01000193);
  return hash;
}
