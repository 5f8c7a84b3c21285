import { type Entry } from '../entry.ts';
export declare const TASKS: readonly Entry[];
