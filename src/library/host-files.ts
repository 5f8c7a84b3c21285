import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeText } from '../kernel/text.ts';
import type { MachineOptions } from '../machine/machine.ts';
import { bootScriptName } from '../script/boot-script.ts';

/** The host's own files: asked of Node itself, because a test may have put a machine in the place of node:fs. */
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');

/** A script's lines. Throws what node:fs throws. */
export const linesOf = (path: string): string[] =>
  decodeText(readFileSync(path))
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));

/** The script that boots machines which nobody says anything else about, by what is said of them. */
export function bootScript(options: Partial<MachineOptions>): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'fixtures', bootScriptName(options));
}
