import { dirname, join } from 'node:path';
import type { MachineOptions } from '../machine/machine.ts';
import { bootScriptName } from './boot-script.ts';

/** Of Node itself: a test may have put a machine in the place of node:fs. */
const { existsSync } = process.getBuiltinModule('node:fs');

/** Files of this package, wherever in it this code was bundled to. */

export const programFile = (): string => join(root(), 'bin', 'memcg.js');
/** The script that boots machines which nobody says anything else about, by what is said of them. */
export const bootScriptFile = (options: Partial<MachineOptions> = {}): string =>
  join(root(), 'fixtures', bootScriptName(options));
/** A part of the page of HTML reports, as the build made it. */
export const reportPageFile = (name: string): string => join(root(), 'dist', 'report', name);
/** JSON schemas of what is printed with `--json`, by command, as the build made them. */
export const schemaFolder = (): string => join(root(), 'dist', 'schema');
/** Sources in C of what `verify` runs beside itself, as the build put them there. */
export const helperFolder = (): string => join(root(), 'dist', 'verify');
/** A recording of the real kernel's answers, by its name. */
export const recordingFile = (name: string): string =>
  join(root(), 'test', 'conformance', 'recordings', name);

function root(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
