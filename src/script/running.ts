import { setImmediate } from 'node:timers/promises';
import { Driver, type Pacer } from './drive.ts';
import type { Notes } from './notes.ts';
import type { Place } from './place.ts';
import type { RunSettings } from './run.ts';
import { Sampler } from './sampler.ts';
import { besideScript } from './script-files.ts';
import { TimelineRecorder } from './timeline-recorder.ts';
import type { Traces } from './traces.ts';
import type { Outcome, Soon, TheMachine, World } from './world.ts';

/** A machine that is up, and what scripts need to work on it. */
export interface Running {
  readonly machine: TheMachine;
  readonly sampler: Sampler;
  /** null: nobody asked for a timeline. */
  readonly recorder: TimelineRecorder | null;
  readonly world: World;
}

/** As fast as it can. */
const UNHELD: Pacer = { until: Infinity, breathe: () => setImmediate() };

/** Wires a machine to where a run notes things down. */
export function runningOn(
  machine: TheMachine,
  { group, print, observer, signal, clock, progress, history, timeline, pacer }: RunSettings,
  notes: Notes,
  place: Place,
  traces: Traces,
  marksGiven: boolean,
): Running {
  const sampler = new Sampler(machine, history !== false);
  const recorder = timeline === true ? new TimelineRecorder(machine) : null;
  machine.observer = (event) => {
    notes.event(event);
    if (event.type === 'wake' || event.type === 'sleep') sampler.saw(event.cgroup, event.usage);
    recorder?.event(event);
    observer?.(event);
  };
  const driver = new Driver(machine, {
    traces,
    sampler,
    signal,
    clock,
    progress,
    pacer: pacer ?? UNHELD,
  });
  const world: World = {
    machine,
    group,
    marksGiven,
    input: null,
    drive: (operation, subject) => {
      const act = (): Soon<Outcome> => driver.drive(operation, subject);
      return recorder === null ? act() : recorder.around(operation, act);
    },
    print: (text) => {
      notes.print(text);
      print?.(text);
    },
    check: (check) => notes.check(check, place.position),
    openTrace: (task, path, format) => traces.open(task, besideScript(place.file, path), format),
  };
  return { machine, sampler, recorder, world };
}
