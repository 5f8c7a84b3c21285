import type { Behaviour } from '../task/behaviour.ts';
/** A behaviour in the words that ask for it, less its options: `stream data.img 512M`. */
export declare function behaviourName(behaviour: Behaviour): string;
