/** `process.getBuiltinModule`, for a page: what opens files is there, and nobody calls it. */
export const noBuiltin = (): Record<string, never> => ({});
