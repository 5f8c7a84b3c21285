import type { Word } from './words.ts';
/**
 * How a command's words are read. Each entry of the vocabulary names its arguments
 * and options once; from that come parsing, usage lines, help and completion.
 */
/** What a word stands for, for those who complete it. */
export type ArgumentKind = 'cgroup' | 'file' | 'data-file' | 'task' | 'size' | 'time' | 'text' | 'pattern' | 'known' | 'number' | 'path' | 'rate' | 'errno' | 'access' | 'condition' | 'assignment' | 'format' | 'behaviour' | 'command';
export interface Kind<T> {
    readonly kind: ArgumentKind;
    /** Reads what is next, one word or more; never called when there is none. */
    readonly read: (words: Words) => T;
    /** Words that can stand here, where they are few: `all`. */
    readonly choices?: readonly string[];
    /** A word that begins with `-` and is no option may stand here. */
    readonly dashes?: boolean;
}
export interface Argument<T> {
    readonly kind: ArgumentKind;
    readonly label: string;
    readonly optional: boolean;
    readonly repeated: boolean;
    /** Nothing behind it is an option. */
    readonly last: boolean;
    readonly choices: readonly string[];
    readonly dashes: boolean;
    /** `words` is null when the line ends here and the argument is optional. */
    readonly take: (words: Words | null) => T;
}
export interface Option<T> {
    readonly flag: string;
    readonly summary: string;
    /** What follows it; null: nothing. */
    readonly kind: ArgumentKind | null;
    readonly label: string;
    readonly repeated: boolean;
    readonly required: boolean;
    /** `given` are the values it was given, `true` for one that takes none. */
    readonly take: (given: readonly unknown[]) => T;
    readonly read: ((words: Words) => unknown) | null;
}
/** The words of a line, from left to right. */
export declare class Words {
    #private;
    /** Column behind the last word, where a missing one would stand. */
    readonly end: number;
    constructor(words: readonly Word[], next?: number);
    peek(ahead?: number): Word | null;
    /** The next word; `what` is what the line lacks when there is none. */
    next(what: string): Word;
    /** All that are left. */
    rest(): readonly Word[];
    get left(): number;
    /** `--times=3` as the two words that it stands for. */
    splitAt(flagLength: number): Words;
}
/** A kind that is one word. */
export declare const word: <T>(kind: ArgumentKind, read: (word: Word) => T, more?: Partial<Kind<T>>) => Kind<T>;
interface Shape {
    readonly optional?: boolean;
    readonly repeated?: boolean;
    readonly last?: boolean;
}
export declare const one: <T>(kind: Kind<T>, label: string, last?: boolean) => Argument<T>;
export declare const maybe: <T, E>(kind: Kind<T>, label: string, otherwise: E) => Argument<T | E>;
/** One or more, or as many as there are. `take` is asked once for each. */
export declare const several: <T>(kind: Kind<T>, label: string, shape?: Shape) => Argument<readonly T[]>;
export declare const flag: (name: string, summary: string) => Option<boolean>;
export declare const option: <T, E>(name: string, kind: Kind<T>, label: string, otherwise: E, summary: string) => Option<T | E>;
export declare const options: <T>(name: string, kind: Kind<T>, label: string, summary: string) => Option<readonly T[]>;
type Parts = Readonly<Record<string, Argument<unknown> | Option<unknown>>>;
export type Values<P> = {
    readonly [K in keyof P]: P[K] extends {
        readonly take: (...args: never[]) => infer T;
    } ? T : never;
};
export interface Signature {
    readonly arguments: readonly Argument<unknown>[];
    readonly options: readonly Option<unknown>[];
}
export declare const signatureOf: (parts: Parts) => Signature;
/** The values of these parts, read from the words behind the command word. Throws a Mistake. */
export declare function readParts<P extends Parts>(parts: P, words: Words): Values<P>;
/** `write FILE TEXT`, `touch SIZE|all [--pattern PATTERN] ...`. */
export declare function usageOf(command: string, signature: Signature): string;
export {};
