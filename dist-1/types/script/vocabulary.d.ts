import type { Command } from './command.ts';
import type { Entry } from './entry.ts';
import { Mistake } from './mistake.ts';
/** The whole language: every word that a line can begin with. */
export declare const VOCABULARY: readonly Entry[];
/** The entry for a command word or its alias. */
export declare const entryFor: (name: string) => Entry | null;
/** `write FILE TEXT`. */
export declare const usage: <T>(entry: Entry<T>) => string;
/** What a line says: a command, nothing (blank, or a comment), or what is wrong with it. */
export type Parsed = {
    readonly kind: 'command';
    readonly command: Command /** Of its first word. */;
    readonly column: number;
} | {
    readonly kind: 'nothing';
} | {
    readonly kind: 'mistake';
    readonly mistake: Mistake;
};
export declare function parseLine(line: string): Parsed;
