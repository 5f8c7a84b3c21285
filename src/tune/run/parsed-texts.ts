import { encodeText } from '../../kernel/text.ts';
import { type Lines, readLines } from '../../script/source.ts';
import { parseLine } from '../../script/vocabulary.ts';

/** A script that stands in memory, its lines parsed once for all its runs. */
export async function parsedLines(text: string): Promise<readonly Lines[]> {
  const all: Lines[] = [];
  for await (const lines of readLines(inOnePiece(text))) {
    all.push({ ...lines, parsed: lines.lines.map(parseLine) });
  }
  return all;
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield encodeText(text);
}

/** The scripts of a job by the path that leads there. */
export class ParsedTexts {
  readonly #texts: Readonly<Record<string, string>>;
  readonly #parsed = new Map<string, Promise<readonly Lines[]>>();

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = texts;
  }

  /** Everything that a script can include is among the texts: see gather-job.ts. */
  async *lines(path: string): AsyncGenerator<Lines, void> {
    yield* await this.of(path);
  }

  of(path: string): Promise<readonly Lines[]> {
    let parsed = this.#parsed.get(path);
    if (parsed === undefined) {
      parsed = parsedLines(this.#texts[path]);
      this.#parsed.set(path, parsed);
    }
    return parsed;
  }
}
