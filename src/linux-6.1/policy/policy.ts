import { type Card, type Knob, sizeKnob, type WantedMarks } from '../../policy/card.ts';
import type { ControlFile, Rule } from '../types.ts';

/** A card of a rule that runs on this kernel. */
export interface Policy extends Card<ControlFile>, Rule {}

export const maxKnob = ({ limit }: WantedMarks): Knob => sizeKnob('max', limit);
