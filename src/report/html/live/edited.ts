import { exactSize } from '../../../kernel/numbers.ts';
import { cardOf, type KernelOptions, kindOf } from '../../../machine/kernels.ts';
import type { Knob, WantedMarks } from '../../../policy/card.ts';
import type { Command } from '../../../script/command.ts';
import { fullName, shortName } from '../../../script/paths.ts';
import { parseLine } from '../../../script/vocabulary.ts';
import { quote, splitWords } from '../../../script/words.ts';

/** The knobs that set these marks, bytes as people write them where the kernel reads that. */
export const knobsTyped = (marks: WantedMarks, options: Partial<KernelOptions>): Knob[] =>
  cardOf(options)
    .knobs(marks)
    .map(({ file, value }) =>
      options.kernel !== '6.1' && kindOf(file) === 'bytes' && /^\d+$/.test(value)
        ? { file, value: exactSize(BigInt(value)) }
        : { file, value },
    );

/**
 * A script with other values in the lines that last write these files of a cgroup: what it does itself. Answers the
 * text, the lines that are others now, and the knobs that no line of it writes.
 */
export function edited(
  text: string,
  cgroup: string,
  group: string,
  knobs: readonly Knob[],
): { readonly text: string; readonly lines: readonly string[]; readonly left: readonly Knob[] } {
  const lines = text.split('\n');
  const changed = new Set<number>();
  const left = knobs.filter(({ file, value }) => {
    const at = lines.findLastIndex((line) => writes(line, cgroup, group, file));
    if (at >= 0) {
      lines[at] = withValue(lines[at], file, value);
      changed.add(at);
    }
    return at < 0;
  });
  return { text: lines.join('\n'), lines: [...changed].sort((a, b) => a - b).map((at) => lines[at]), left };
}

function writes(line: string, cgroup: string, group: string, file: string): boolean {
  // Most lines name no file: they need not be read.
  if (!line.includes(shortName(file))) return false;
  const parsed = parseLine(line);
  return parsed.kind === 'command' && writesFile(parsed.command, cgroup, group, file);
}

function writesFile(command: Command, cgroup: string, group: string, file: string): boolean {
  switch (command.name) {
    case 'write':
      return (command.file.cgroup ?? group) === cgroup && fullName(command.file.name) === file;
    case 'set':
      return (
        command.weak !== true &&
        command.cgroup === cgroup &&
        command.values.some(({ name }) => fullName(name) === file)
      );
    default:
      return false;
  }
}

function withValue(line: string, file: string, value: string): string {
  const words = splitWords(line).map(({ text }) => text);
  const [command, ...rest] = words;
  if (command === 'write') return quote([command, rest[0], value]);
  return quote(
    words.map((word) => {
      const [name] = word.split('=', 1);
      return word.includes('=') && fullName(name) === file ? `${name}=${value}` : word;
    }),
  );
}
