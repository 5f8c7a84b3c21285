import { type FileName } from './paths.ts';
import type { Word } from './words.ts';
/** `FILE OP VALUE`: what `expect`, `wait` and `watch` ask. */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export interface Condition {
    readonly file: FileName;
    readonly operator: Operator;
    readonly value: {
        readonly kind: 'number';
        readonly number: bigint;
    } | {
        readonly kind: 'text';
        readonly text: string;
    };
    /** As it was written. */
    readonly text: string;
}
export declare const OPERATOR_WORDS: readonly string[];
/** The three words of a condition, from one that holds them all. */
export declare function splitCondition(word: Word): [Word, Word, Word];
export declare function readCondition(file: Word, operator: Word, value: Word): Condition;
/** Whether what a file holds (without its last newline) meets the condition. */
export declare function meets(condition: Condition, found: string): boolean;
