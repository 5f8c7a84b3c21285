/** Which of the words that would have been right is nearest to the one that was typed. */
/** The nearest of `words` that is near enough to be what was meant, or null. */
export declare function nearest(word: string, words: Iterable<string>): string | null;
/** `: did you mean 'write'?`, or nothing. */
export declare function suggestion(word: string, words: Iterable<string>): string;
/** Letters to put in, take out, change or swap with their neighbour (optimal string alignment). */
export declare function editDistance(a: string, b: string): number;
