/**
 * The machine as it is built, which is what people run: from the sources, with their names
 * kept by tsx and each module by itself, the same loops take up to a fifth longer.
 */
const built: typeof import('../../src/machine/machine.ts') = await import(
  new URL('../../dist/machine.js', import.meta.url).href
);

export const { Machine } = built;
