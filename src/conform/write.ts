import { ERRATA_SETS } from '../machine/machine.ts';
import { Answers, bytesOfText, numberOf, resultName, returned, textOf } from './answers.ts';
import type { Boot } from './front.ts';
import { inProcess } from './in-process.ts';
import { DIALECT, type Kind, type RecordedLine } from './kind.ts';
import { Operator } from './operator.ts';

/** Every text that was written to a mark: one write(2) on a fresh cgroup that was made permissive first. */
export const write: Kind = {
  name: 'write',
  about: 'one write of each text to limit, high and low',
  recording: 'abi-write.jsonl',
  dialect: DIALECT,
  fields: 'kernel file note len in in_head in_tail before result ret after daemon'.split(' '),
  run(lines, boot = inProcess) {
    const answers = new Answers();
    for (const line of lines) answers.orSkip(line, () => runLine(line, boot, answers));
    return answers;
  },
};

/** What makes the file take any size. */
const PERMISSIVE: Readonly<Record<string, readonly string[]>> = {
  limit_in_bytes: ['low_wmark_in_bytes', 'high_wmark_in_bytes'],
  high_wmark_in_bytes: ['low_wmark_in_bytes'],
  low_wmark_in_bytes: [],
};

function runLine(line: RecordedLine, boot: Boot, answers: Answers): void {
  const { fields } = line;
  const file = textOf(fields['file']);
  const text = textWritten(line);
  const zeroed = PERMISSIVE[file];
  if (zeroed === undefined || text === null) {
    answers.skip(line, text === null ? 'what was written can not be told' : `the file ${file} is unknown`);
    return;
  }
  const operator = new Operator(boot(ERRATA_SETS['recorded'] ?? []));
  operator.do({ op: 'mkdir', path: '/fresh' });
  for (const name of zeroed) operator.write(`/fresh/memory.${name}`, '0');
  const path = `/fresh/memory.${file}`;
  const name = `${file} ${shown(line)}`;
  answers.compare(name, 'before', fields['before'] ?? null, operator.read(path));
  const data = bytesOfText(text);
  const result = operator.write(path, data);
  answers.compare(name, 'result', fields['result'] ?? null, resultName(result));
  answers.compare(name, 'ret', fields['ret'] ?? null, returned(result, data.length));
  answers.compare(name, 'after', fields['after'] ?? null, operator.read(path));
  answers.compare(name, 'daemon', fields['daemon'] ?? null, operator.daemon('/fresh'));
}

/** Long texts stand by their ends: what is between repeats the byte on which the two ends meet. */
function textWritten({ fields }: RecordedLine): string | null {
  const length = numberOf(fields['len']);
  if (typeof fields['in'] === 'string') return fields['in'].length === length ? fields['in'] : null;
  const head = textOf(fields['in_head']);
  const tail = textOf(fields['in_tail']);
  const last = head.at(-1);
  if (last === undefined || last !== tail[0] || length < head.length + tail.length) return null;
  return head + last.repeat(length - head.length - tail.length) + tail;
}

function shown({ fields }: RecordedLine): string {
  if (typeof fields['in'] === 'string') return JSON.stringify(fields['in']);
  return `${textOf(fields['note'])} (${numberOf(fields['len'])} bytes)`;
}
