/** Draws fixtures/pictures: what the READMEs show. The same scripts make the same pictures, to the byte. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PICTURES: readonly (readonly [fixture: string, ...options: string[]])[] = [
  ['rfc-dd', '--compare'],
  ['hysteresis'],
  ['spinning'],
  ['oom'],
  ['real-trace'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(join(root, 'fixtures/pictures'), { recursive: true });
for (const [fixture, ...options] of PICTURES) {
  const picture = `fixtures/pictures/${fixture}.svg`;
  const args = ['replay', `fixtures/${fixture}.memcg`, '--svg', picture, ...options];
  execFileSync(process.execPath, [join(root, 'bin/memcg.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
