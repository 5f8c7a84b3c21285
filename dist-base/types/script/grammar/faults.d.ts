import { type Entry } from '../entry.ts';
export declare const FAULTS: readonly Entry[];
