import { setFlagsFromString } from 'node:v8';
import { load } from './kept-code.ts';

/** keep-code.ts FILE [COMMAND...]: keeps what V8 compiles of a file of dist for this command; for none, all. */
type Program = typeof import('../src/cli/replay-program.ts');

const [file, ...command] = process.argv.slice(2);
if (command.length === 0) setFlagsFromString('--no-lazy');
const { exports, keepCode } = load<Program>(file);
if (command.length > 0) await exports.run(command);
// Code of other flags is not known again.
setFlagsFromString('--lazy');
keepCode();
