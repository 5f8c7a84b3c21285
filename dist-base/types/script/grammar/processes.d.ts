import { type Entry } from '../entry.ts';
export declare const PROCESSES: readonly Entry[];
