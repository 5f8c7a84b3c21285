import { join } from 'node:path';
import { load } from './kept-code.ts';

/** What the program takes for replay-program.ts. */
export const { run } = load<typeof import('../src/cli/replay-program.ts')>(
  join(__dirname, 'replay-program.cjs'),
).exports;
