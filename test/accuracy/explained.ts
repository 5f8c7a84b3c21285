/** Why the worst cases are what they are: by name, and by hand. */
export const EXPLAINED = ``;
