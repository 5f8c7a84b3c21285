import { POLICY_FILES, USUAL_FILES } from '../../machine/kernels.ts';

const ABOUT: ReadonlyMap<string, string> = new Map(
  [...USUAL_FILES, ...POLICY_FILES].map(({ name, about }) => [name, about]),
);

/** What a control file is for; empty: it is none that is known. */
export const aboutFile = (name: string): string => ABOUT.get(name) ?? '';
