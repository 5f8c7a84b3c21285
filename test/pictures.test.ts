import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { argumentsOf, PICTURES } from '../.build/picture-list.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);
/** What `tune` takes on a machine that is busy, ms. */
const SLOWEST = 240_000;

describe('the pictures of the READMEs', () => {
  test.each(PICTURES.map((picture) => ({ picture, name: picture[0] })))(
    '$name is what is drawn today: else `npm run pictures`',
    { timeout: SLOWEST },
    async ({ picture }) => {
      const args = ['bin/memcg.js', ...argumentsOf(picture, '-')];
      const { stdout } = await run(process.execPath, args, { cwd: ROOT, maxBuffer: 1 << 22 });
      const kept = readFileSync(`${ROOT}fixtures/pictures/${picture[0]}.svg`, 'utf8');
      expect(stdout).toBe(kept);
    },
  );
});
