import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeText } from '../kernel/text.ts';

/** The host's own files: asked of Node itself, because a test may have put a machine in the place of node:fs. */
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');

/** A script's lines. Throws what node:fs throws. */
export const linesOf = (path: string): string[] =>
  decodeText(readFileSync(path))
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));

/** The script that boots machines which nobody says anything else about; without the series there are no marks. */
export function bootScript(wmarks: boolean): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'fixtures', wmarks ? 'boot.memcg' : 'boot-wmarks-off.memcg');
}
