import type { Command } from './command.ts';
import { type Argument, type Option, type Signature, type Values, type Words } from './signature.ts';
export type Family = 'files' | 'tasks' | 'processes' | 'behaviours' | 'world' | 'time' | 'faults' | 'checks' | 'script';
/** A word of the language: what it takes, what it is for, and how its line is read. */
export interface Entry<T = Command> {
    readonly word: string;
    readonly aliases: readonly string[];
    readonly family: Family;
    /** One line, no full stop. */
    readonly summary: string;
    /** A line that works as it stands after the boot script. */
    readonly example: string;
    readonly signature: Signature;
    /** The words behind this one. Throws a Mistake; `column` is this word's. */
    readonly parse: (words: Words, column: number) => T;
}
type Parts = Readonly<Record<string, Argument<unknown> | Option<unknown>>>;
interface Spec<P extends Parts, T> {
    readonly word: string;
    readonly aliases?: readonly string[];
    readonly family: Family;
    readonly summary: string;
    readonly example: string;
    /** Arguments in their order, and options. */
    readonly parts: P;
    readonly build: (values: Values<P>, column: number) => T;
}
export declare function entry<P extends Parts, T = Command>(spec: Spec<P, T>): Entry<T>;
export {};
