import { type Entry } from '../entry.ts';
export declare const FILES: readonly Entry[];
