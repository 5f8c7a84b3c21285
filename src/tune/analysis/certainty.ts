import { type Sweep, seedsAgree, type Trial } from '../sweep.ts';
import { type Figures, figuresOf } from './figures.ts';
import { compareTrials, type Objective } from './objective.ts';
import type { Rated } from './rated.ts';

export interface Regret {
  /** Fewer stalls. */
  readonly stalls: number;
  /** Less CPU for no more stalls, as a share of the recommendation's. */
  readonly cpu: number;
}

/** Lowest and highest of the seeds. */
export interface Spread {
  readonly least: number;
  readonly most: number;
}

/** How far the recommendation may be a matter of luck. */
export interface Certainty {
  readonly seeds: number;
  /** Every trial came to the same with every seed: nothing in the run is random. */
  readonly identical: boolean;
  /** The first two seeds came to the same wherever both were run: one was run everywhere, of more that were asked. */
  readonly oneWillDo: boolean;
  /** At most this much better would have done, under one of the seeds, what is best for it alone. */
  readonly regret: Regret;
  /** Of the recommended marks, by seed. */
  readonly stalls: Spread;
  readonly stallP99: Spread;
  readonly cpu: Spread;
  /** null: unknown. */
  readonly refaults: Spread | null;
}

export function certaintyOf(
  sweep: Sweep,
  trials: readonly Trial[],
  best: Rated | null,
  objective: Objective,
): Certainty {
  const seeds = sweep.seeds.length;
  const bySeed = sweep.seeds.map((_, seed) => trials.flatMap((trial) => alone(trial, seed, seeds)));
  const chosen = bySeed.flatMap((own) => {
    const trial = best === null ? undefined : own.find((each) => isAt(each, best));
    return trial === undefined
      ? []
      : [{ figures: figuresOf(trial), ideal: figuresOf(bestOf(own, trial, objective)) }];
  });
  const spread = (read: (figures: Figures) => number): Spread => {
    const values = chosen.map(({ figures }) => read(figures));
    return values.length === 0
      ? { least: 0, most: 0 }
      : { least: Math.min(...values), most: Math.max(...values) };
  };
  return {
    seeds,
    identical: seeds > 1 && trials.every(({ measurements }) => seedsAgree(measurements, seeds)),
    oneWillDo: sweep.agreeingSeeds !== undefined,
    regret: {
      stalls: Math.max(0, ...chosen.map(({ figures, ideal }) => figures.stalls - ideal.stalls)),
      cpu: Math.max(0, ...chosen.map(({ figures, ideal }) => savedCpu(figures, ideal))),
    },
    stalls: spread((each) => each.stalls),
    stallP99: spread((each) => each.stallP99),
    cpu: spread((each) => each.cpu),
    refaults: best?.figures.refaults === null ? null : spread((each) => each.refaults ?? 0),
  };
}

const savedCpu = (own: Figures, ideal: Figures): number =>
  own.cpu === 0 || ideal.stalls > own.stalls ? 0 : 1 - ideal.cpu / own.cpu;

/** The trial as if there had been this seed alone. */
function alone(trial: Trial, seed: number, seeds: number): Trial[] {
  const measurements = trial.measurements.filter((_, i) => i % seeds === seed);
  return measurements.length === 0 ? [] : [{ ...trial, measurements }];
}

const isAt = (trial: Trial, { marks }: Rated): boolean =>
  trial.policy === marks.policy && trial.high === marks.high && trial.low === marks.low;

const bestOf = (trials: readonly Trial[], first: Trial, objective: Objective): Trial =>
  trials.reduce((least, each) => (compareTrials(objective, each, least) < 0 ? each : least), first);
