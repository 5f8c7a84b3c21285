import { type Entry } from '../entry.ts';
/** What concerns the script itself. */
export declare const SCRIPT: readonly Entry[];
