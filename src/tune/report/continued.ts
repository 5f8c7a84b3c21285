import { widthOf } from '../../report/width.ts';

/** A command in lines that can be copied as they stand; a word that is too long stays whole. */
export function continued(command: string, width: number): string[] {
  if (widthOf(command) <= width || !command.startsWith('memcg ')) return [command];
  const lines: string[] = [];
  // An option keeps its value.
  for (const word of command.split(/ (?=--)|(?<!--[a-z]+) /)) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(`${last} ${word} \\`) > width)
      lines.push(lines.length > 0 ? `  ${word}` : word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line, i) => (i < lines.length - 1 ? `${line} \\` : line));
}
