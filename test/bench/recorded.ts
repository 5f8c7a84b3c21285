import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The recorded fixtures. */

export const FOLDER = fileURLToPath(new URL('../../fixtures/recorded/', import.meta.url));

export const recordings = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.memcg'))
    .map((name) => `${FOLDER}${name}`);
