import { setImmediate } from 'node:timers/promises';
import { Driver } from './drive.ts';
import type { Notes } from './notes.ts';
import type { Place } from './place.ts';
import type { RunSettings } from './run.ts';
import { Sampler } from './sampler.ts';
import { besideScript } from './script-files.ts';
import type { Traces } from './traces.ts';
import type { TheMachine, World } from './world.ts';

/** A machine that is up, and what scripts need to work on it. */
export interface Running {
  readonly machine: TheMachine;
  readonly sampler: Sampler;
  readonly world: World;
}

/** Wires a machine to where a run notes things down. */
export function runningOn(
  machine: TheMachine,
  { group, print, observer, signal, clock, progress }: RunSettings,
  notes: Notes,
  place: Place,
  traces: Traces,
): Running {
  machine.observer = (event) => {
    notes.event(event);
    observer?.(event);
  };
  const sampler = new Sampler(machine);
  const driver = new Driver(machine, {
    traces,
    sampler,
    signal,
    clock,
    progress,
    breathe: () => setImmediate(),
  });
  const world: World = {
    machine,
    group,
    input: null,
    drive: (operation, subject) => driver.drive(operation, subject),
    print: (text) => {
      notes.print(text);
      print?.(text);
    },
    check: (check) => notes.check(check, place.position),
    openTrace: (task, path, format) => traces.open(task, besideScript(place.file, path), format),
  };
  return { machine, sampler, world };
}
