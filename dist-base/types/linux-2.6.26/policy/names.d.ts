import { policies } from '../policies.ts';
import type { Policy } from './policy.ts';
/** The policies by name. */
export type PolicyName = (typeof policies)[number]['name'];
declare const CARDS: readonly (Policy & {
    readonly name: PolicyName;
})[];
export declare const POLICIES: readonly PolicyName[];
/** The policy of that name; undefined: there is none. */
export declare const findPolicy: (name: string) => (typeof CARDS)[number] | undefined;
/** The same, of a name that was looked at before. */
export declare function policyNamed(name: string): (typeof CARDS)[number];
export {};
