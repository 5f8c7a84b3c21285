/** Every reason why an answer needn't equal the recording, in one table. */
export const ALLOWANCES = {
  'run2': 'a second run of the same kernel answered something else, so the value is not deterministic',
} as const;

export type AllowanceName = keyof typeof ALLOWANCES;
