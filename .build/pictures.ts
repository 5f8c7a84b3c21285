/** Draws fixtures/pictures: what the READMEs show. The same scripts make the same pictures, to the byte. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf, PICTURES } from './picture-list.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(join(root, 'fixtures/pictures'), { recursive: true });
for (const picture of PICTURES) {
  const file = `fixtures/pictures/${picture[0]}.svg`;
  execFileSync(process.execPath, [join(root, 'bin/memcg.js'), ...argumentsOf(picture, file)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
