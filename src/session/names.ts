/** Names of sessions, and how they are spoken of. */

export const DEFAULT_SESSION = 'default';

/** A session's name is a file's name: short, and without anything that a path or a shell could misread. */
export function sessionNameMistake(name: string): string | null {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(name)) return null;
  const shown = name.length > 80 ? `${name.slice(0, 77)}...` : name;
  return `${JSON.stringify(shown)} is no session's name: 1 to 64 letters, digits, dots, _ and -, not a dot or - first`;
}
