import { size } from '../../kernel/numbers.ts';
import { visible } from '../../kernel/visible.ts';
import type { Totals } from './sample.ts';
import { timeText } from './step-text.ts';

/** What a recording says about itself, in comments, and the machine that it is to run on. */

export interface About {
  /** `npm ci, recorded by memcg record`. */
  readonly title: string;
  readonly how: string;
  /** The rules that stand for what can't be seen, and what is lost; a sentence each. */
  readonly model: readonly string[];
  readonly lost: readonly string[];
  /** What else a reader must know first, a sentence. */
  readonly warning?: string;
  readonly task: string;
  /** Whether it is known which pages are read again; left out: as in a script. */
  readonly rereads?: 'known' | 'unknown';
  /** A second task, which does what a trace says: the recording ends when both have done all; left out: none. */
  readonly traced?: string;
  /** Another, which maps its files, so that they can be touched apart from its memory; left out: none. */
  readonly mapper?: string;
  /** Of the machine; bytes of memory. */
  readonly cpus: number;
  readonly memory: number;
  /** What its memory and storage cost, as words of a machine line; left out: nobody measured. */
  readonly costs?: string;
}

/** Of one length, so that one can be written over the other. */
export const CUT_SHORT = '# State: cut short\n';
export const COMPLETED = '# State: completed\n';

const WIDTH = 108;
const MIB = 1 << 20;

/** All that stands above the first step. It begins with CUT_SHORT. */
export function headText(about: About): string {
  const { title, how, model, lost, warning, task, rereads, mapper, cpus, memory, costs } = about;
  const said = rereads === undefined ? '' : ` --rereads ${rereads}`;
  const spawned = (name: string): string => `spawn ${name}${said}\n`;
  const all = `${Math.max(16, Math.floor(memory / MIB))}M`;
  const paragraphs = [
    ...comment(visible(title)),
    '#',
    ...(warning === undefined ? [] : comment(visible(`Mind: ${warning}`))),
    ...comment(`How: ${how}`),
    ...comment(`Model: ${model.join(' ')}`),
    ...comment(`Lost: ${lost.join(' ')}`),
  ];
  return `${CUT_SHORT}${paragraphs.join('\n')}
machine cpus=${cpus} memory=${all}${costs === undefined ? '' : ` ${costs}`}

# No marks to speak of, unless \`replay --limit\` sets some.
set --weak default low_wmark_in_bytes=${all} high_wmark_in_bytes=${all} limit_in_bytes=${all}

${spawned(task)}${mapper === undefined ? '' : spawned(mapper)}`;
}

/** The last lines; `cut`: why it was cut short, or null. */
export function footText(
  totals: Totals,
  { task, traced, mapper }: About,
  notes: readonly string[],
  cut: string | null,
): string {
  const rest = traced === undefined ? '' : `wait ${traced}\nkill ${traced}\n`;
  const last = mapper === undefined ? '' : `kill ${mapper}\n`;
  const end = cut === null ? `at ${timeText(totals.time)} --late\n${rest}${last}kill ${task}\n` : '';
  const lines = [
    ...(totals.samples === 0
      ? []
      : [`In ${timeText(totals.time)}: ${summary(totals, traced !== undefined)}.`]),
    ...notes.map((note) => `Note: ${note}.`),
    ...(cut === null ? [] : [`Cut short: ${cut}.`]),
  ];
  const said = lines.flatMap((line) => comment(visible(line)));
  return said.length === 0 ? end : `${end}\n${said.join('\n')}\n`;
}

/** `traced`: what files took at most is in the trace, and a replay tells it. */
export function summary({ peak, all, read, written, fetched, samples }: Totals, traced = false): string {
  const shown = (bytes: number): string => size(Math.round(bytes));
  const from = fetched > 0 ? ` (${shown(fetched)} from storage)` : '';
  return (
    `at most ${shown(peak)} anonymous, ${shown(read)} read${from}, ${shown(written)} written; ` +
    `${traced ? '' : `peak ${shown(all)} without a limit; `}${samples} samples`
  );
}

/** How far that can be trusted, and what would make it surer. */
export function howSure({ rereads, traced, warning }: About, { read, fetched, files }: Totals): string {
  if (traced !== undefined)
    return 'what calls read and wrote is known byte for byte; memory and mapped files are as they were at each look';
  if (rereads !== 'unknown') return 'what is read again goes by the files that were named; the rest was seen';
  const rest = read - Math.max(fetched, files);
  const more =
    rest > Math.max(MUCH, read * TELLING)
      ? `; ${size(Math.round(rest))} of what was read came neither from storage nor from open files: it was read ` +
        'again, or was of pipes and devices; was it of files that were in memory before, then the peak is higher'
      : '';
  const pressed = warning === undefined ? '' : ', and see below';
  return `re-reads unknown (record with --trace, or say --files)${more}${pressed}`;
}

/** Bytes, and a share of the reads, that are worth a word. */
const MUCH = 1 << 20;
const TELLING = 0.02;

/** A text as comments of some width. */
function comment(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH && line !== '#') {
      lines.push(line);
      line = '#  ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** A task's name made of a program's; one that a machine does not have already. */
export function taskName(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .replace(/^[^A-Za-z_]+/, '')
    .slice(0, 32);
  if (name === '') return 'app';
  return name === 'sh' || name === 'memcontd' || name === 'all' ? `${name}_app` : name;
}
