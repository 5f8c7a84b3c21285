/** A script of fixtures/, to be played with. */
export interface Lesson {
  readonly name: string;
  readonly text: string;
}

/** A title alone says too little. */
const TITLE = 30;

/** What a lesson is about: how its first comment begins, a sentence or two; empty: it has none. */
export function aboutOf(text: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('#'));
  const rest = from < 0 ? [] : lines.slice(from);
  const end = rest.findIndex((line) => !/^#./.test(line));
  const comment = rest
    .slice(0, end < 0 ? rest.length : end)
    .map((line) => line.slice(1).trim())
    .join(' ');
  let about = '';
  for (const sentence of comment.split(/(?<=[.?!]) (?=[A-Z])/)) {
    about = `${about} ${sentence}`.trim();
    if (about.length > TITLE) break;
  }
  return about;
}
