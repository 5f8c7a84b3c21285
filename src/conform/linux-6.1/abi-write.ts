import { Answers, bytesOfText, textOf } from '../answers.ts';
import type { Kind, RecordedLine } from '../kind.ts';
import { Desk, repeated } from './desk.ts';

/** One text written to one file of a fresh cgroup. */

/** What a file is before, so that a change shows. */
const OPENED: Readonly<Record<string, string>> = { 'memory.low': '0', 'memory.min': '0' };

export const abiWrite61: Kind = {
  name: 'write',
  about: 'one write of each text to each file that takes one',
  recording: 'linux-6.1/abi-write.jsonl.gz',
  dialect: '6.1.176',
  fields: 'kernel file text rep len ret err after'.split(' '),
  run(lines, boot) {
    const answers = new Answers();
    const desk = new Desk(undefined, boot);
    for (const line of lines) answers.orSkip(line, () => compare(line, desk, answers));
    return answers;
  },
};

function compare({ fields }: RecordedLine, desk: Desk, answers: Answers): void {
  const file = textOf(fields['file']);
  const rep = textOf(fields['rep']);
  const text = rep === '' ? textOf(fields['text']) : repeated(rep);
  const name = `${file} ${JSON.stringify(rep === '' ? text : rep)}`;
  desk.do({ op: 'mkdir', path: '/x' });
  const path = `/x/${file}`;
  const before = OPENED[file];
  if (before !== undefined) desk.write(path, before);
  try {
    answers.compare(name, 'ret', fields['ret'] ?? fields['err'] ?? null, desk.write(path, bytesOfText(text)));
    if (typeof fields['after'] === 'string')
      answers.compare(name, 'after', fields['after'], desk.read(path).text);
  } finally {
    desk.write('/cgroup.procs', '0');
    desk.do({ op: 'rmdir', path: '/x' });
  }
}
