import type { BehaviourWords } from '../command.ts';
import { type Entry } from '../entry.ts';
import { type Words } from '../signature.ts';
export declare const BEHAVIOURS: readonly Entry<BehaviourWords>[];
/** A behaviour's word and all that follows it. */
export declare function readBehaviour(words: Words): BehaviourWords;
