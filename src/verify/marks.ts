import { type Pages, pages } from '../kernel/units.ts';
import type { Failure } from '../script/world.ts';
import type { Standin } from './carry.ts';
import { FIGURES, type Figure, valueIn } from './comparison.ts';
import { runInGuest } from './guest.ts';
import { planOf } from './plan.ts';
import { type Asked, type Marks, type Prediction, predict } from './prediction.ts';
import { findTools, guestMemory } from './tools.ts';
import { faultOf, GUEST_MEMORY, PATIENCE } from './verify.ts';

/** Marks for a script, on a real kernel before anybody goes by them: all in one boot. */

export interface ToProve extends Marks {
  readonly limit: Pages;
  readonly standin: Standin;
}

export interface Proven {
  readonly marks: ToProve;
  /** By the name of the figure; null: unknown. */
  readonly predicted: Values;
  readonly real: Values;
}

export type Values = Readonly<Record<Figure['name'], number | null>>;

/** Throws a Mistake for what is missing here or can't be asked of a real kernel. */
export async function provenMarks(
  asked: Pick<Asked, 'script' | 'group' | 'signal'> & { readonly within: number },
  all: readonly ToProve[],
): Promise<Proven[] | Failure> {
  const tools = findTools();
  const memory = guestMemory(GUEST_MEMORY);
  const { within, ...about } = asked;
  const predictions: Prediction[] = [];
  for (const marks of all) {
    const prediction = await predict({ ...about, memory, standin: marks.standin, marks }, marks.limit);
    const fault = faultOf(prediction);
    if (fault !== null) return fault;
    predictions.push(prediction);
  }
  const rounds = predictions.map((prediction, i) => ({ name: `marks${i}`, within, prediction }));
  const results = await runInGuest(await planOf(rounds), tools, {
    memory,
    swap: predictions[0]?.result.options?.swap ?? pages(0),
    signal: asked.signal,
    within: rounds.length * within + PATIENCE,
    copied: null,
  });
  if (!('rounds' in results)) return results;
  return all.map((marks, i) => ({
    marks,
    predicted: valuesOf(predictions[i]?.result.cgroups.find(({ path }) => path === asked.group)?.files),
    real: valuesOf(results.rounds.get(`marks${i}`)?.files.get(asked.group)),
  }));
}

const valuesOf = (files: Readonly<Record<string, string>> = {}): Values =>
  Object.fromEntries(FIGURES.map(({ name, file, keys }) => [name, valueIn(files[file], keys)]));
