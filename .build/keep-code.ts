import { load } from './kept-code.ts';

/** Runs a usual script with the file that is named, and keeps the code of what that takes. */
const { exports, keepCode } = load<typeof import('../src/cli/replay-program.ts')>(process.argv[2]);
await exports.run(['replay', 'fixtures/streaming.memcg']);
keepCode();
