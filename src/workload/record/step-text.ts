import { seconds } from '../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import type { Piece } from './read-order.ts';
import type { Step } from './steps.ts';

/** The lines of the language that do what a step says. */
export class StepText {
  readonly #task: string;
  /** Who maps files. */
  readonly #mapper: string;
  #maps = 0;

  constructor(task: string, mapper = task) {
    this.#task = task;
    this.#mapper = mapper;
  }

  lines({ time, lasting, touch, map, alloc, read, write, rewrite, free, fetched }: Step): string {
    const task = this.#task;
    const pages = pagesOf([...read, ...rewrite]) + (write?.pages ?? 0);
    const rate = lasting > 0 ? ` --rate ${rateText(pages, lasting)}` : '';
    const lines = [`at ${timeText(time)} --late`];
    if (touch.anon > 0) lines.push(`run ${task} touch ${sizeText(touch.anon)}`);
    if (touch.mapped > 0) lines.push(`run ${this.#mapper} touch ${sizeText(touch.mapped)}`);
    if (map > 0) {
      this.#maps += 1;
      lines.push(`run ${this.#mapper} map ${task}.map${this.#maps} ${sizeText(map)}`);
    }
    if (alloc > 0) lines.push(`run ${task} alloc ${sizeText(alloc)}`);
    for (const [i, piece] of read.entries()) {
      const from =
        i === 0 && fetched > 0 ? ` # ${sizeText(Math.ceil(fetched / PAGE_SIZE))} from storage` : '';
      lines.push(`run ${task} stream ${task}.in ${pieceText(piece)}${rate}${from}`);
    }
    for (const piece of rewrite)
      lines.push(`run ${task} stream ${task}.in ${pieceText(piece)} --write${rate}`);
    if (write !== null) {
      const what = `stream ${task}.out ${sizeText(write.pages)} --write --at ${sizeText(write.at)}`;
      lines.push(`run ${task} ${what}${rate}`);
    }
    if (free > 0) lines.push(`run ${task} free ${sizeText(free)}`);
    return `${lines.join('\n')}\n`;
  }
}

const pagesOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, { pages, times }) => sum + pages * times, 0);

const pieceText = ({ at, pages, times }: Piece): string =>
  `${sizeText(pages)} --at ${sizeText(at)}${times > 1 ? ` --times ${times}` : ''}`;

/** Pages as a SIZE, exact. */
export function sizeText(pages: number): string {
  if (pages === 0) return '0';
  return pages % 256 === 0 ? `${pages / 256}M` : `${pages * (PAGE_SIZE / 1024)}K`;
}

/** ns as a TIME, to the millisecond. */
export const timeText = (time: number): string => `${seconds(Math.floor(time / 1e6) * 1e6)}s`;

/** In whole KiB; never too slow by more than that. */
const rateText = (pages: number, lasting: number): string =>
  `${Math.max(1, Math.ceil((pages * (PAGE_SIZE / 1024) * 1e9) / lasting))}K/s`;
