import type { Position } from '../../script/result.ts';
import { type ScriptLines, seenLines } from '../../script/script-files.ts';
import type { ToldLine } from './stage.ts';

/** Lines of one script whose text is kept: more than that, a recorder wrote, and nobody a comment. */
const MOST_LINES = 10_000;

interface Reached extends Position {
  readonly time: number;
}

/** Which line of a script was obeyed when, and what its author says above it. */
export class Told {
  readonly #texts = new Map<string, string[]>();
  readonly #reached: Reached[] = [];

  /** The same lines; what they say is kept as they go by. */
  along(path: string, lines: ScriptLines): ScriptLines {
    const texts: string[] = [];
    this.#texts.set(path, texts);
    return seenLines(lines, (some) => {
      if (some === null || 'kind' in some) return;
      for (const [i, text] of some.lines.entries())
        if (some.first + i <= MOST_LINES) texts[some.first - 1 + i] = text;
    });
  }

  /** Of several at one instant the last is told. */
  reach(time: number, at: Position): void {
    if (this.#reached.at(-1)?.time === time) this.#reached.pop();
    this.#reached.push({ time, ...at });
  }

  /** null: before the first. */
  at(time: number): ToldLine | null {
    const reached = this.#reached.findLast((each) => each.time <= time);
    if (reached === undefined) return null;
    const { file, line } = reached;
    const texts = this.#texts.get(file) ?? [];
    return { line, text: texts[line - 1]?.trim() ?? '', comment: commentAbove(texts, line - 1) };
  }
}

const COMMENT = /^\s*#\s?/;

/** The nearest lines of comment above, as one text. */
function commentAbove(texts: readonly string[], at: number): string {
  const last = texts.findLastIndex((text, i) => i < at && COMMENT.test(text));
  if (last < 0) return '';
  const before = texts.findLastIndex((text, i) => i < last && !COMMENT.test(text));
  return texts
    .slice(before + 1, last + 1)
    .map((text) => text.replace(COMMENT, ''))
    .join(' ')
    .trim();
}
