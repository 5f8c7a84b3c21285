import { policies } from '../policies.ts';
import type { Policy } from './policy.ts';

/** The policies by name. */

export type PolicyName = (typeof policies)[number]['name'];

const CARDS: readonly (Policy & { readonly name: PolicyName })[] = policies;

export const POLICIES: readonly PolicyName[] = CARDS.map(({ name }) => name);

/** The policy of that name; undefined: there is none. */
export const findPolicy = (name: string): (typeof CARDS)[number] | undefined =>
  CARDS.find((card) => card.name === name);

/** The same, of a name that was looked at before. */
export function policyNamed(name: string): (typeof CARDS)[number] {
  const card = findPolicy(name);
  if (card === undefined) throw new Error(`there is no policy ${name}`);
  return card;
}
