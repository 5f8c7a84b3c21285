import type { Command } from '../command.ts';
import { type Entry } from '../entry.ts';
import { Words } from '../signature.ts';
/** `parse` reads a whole command; it is handed in because these commands hold others. */
export declare function checks(parse: (words: Words) => Command): readonly Entry[];
