import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of this package, wherever in it this code was bundled to. */

export const programFile = (): string => join(root(), 'bin', 'memcg.js');
/** The script that boots machines which nobody says anything else about; without the series there are no marks. */
export const bootScriptFile = (wmarks = true): string =>
  join(root(), 'fixtures', wmarks ? 'boot.memcg' : 'boot-wmarks-off.memcg');
/** A part of the page of HTML reports, as the build made it. */
export const reportPageFile = (name: string): string => join(root(), 'dist', 'report', name);
/** A recording of the real kernel's answers, by its name. */
export const recordingFile = (name: string): string =>
  join(root(), 'test', 'conformance', 'recordings', name);

function root(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
