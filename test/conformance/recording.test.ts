import { describe, expect, test } from 'vitest';
import { ALLOWANCES } from '../../src/conform/allowances.ts';
import { KINDS } from '../../src/conform/kinds.ts';
import { order } from '../../src/conform/order.ts';
import { runRecording } from '../../src/conform/recording.ts';
import { write } from '../../src/conform/write.ts';

const LINE = {
  kernel: '2.6.26-rc2',
  len: 1,
  in: '0',
  file: 'low_wmark_in_bytes',
  before: '9223372036854775807\n',
  result: 'ok',
  ret: 1,
  after: '0\n',
  daemon: 0,
};
const step = (number: number, more: object = {}): string =>
  JSON.stringify({
    kernel: '2.6.26-rc2',
    seq: 'a',
    step: number,
    do: '@sleep 1',
    result: 'ok',
    ret: 0,
    ...more,
  });

describe('a recording that is not as it should be', () => {
  test.each([
    ['a cut line', JSON.stringify(LINE).slice(0, 40), 'the line is cut or no JSON object'],
    ['a line that is no object', '[1]', 'the line is cut or no JSON object'],
    [
      'another kernel',
      JSON.stringify({ ...LINE, kernel: '6.1.0' }),
      'the line is of another kernel ("6.1.0")',
    ],
    ['no kernel', '{"len":1}', 'the line is of another kernel ("none named")'],
    ['another file', JSON.stringify({ ...LINE, file: 'swappiness' }), 'the file swappiness is unknown'],
    [
      "a length that is not the text's",
      JSON.stringify({ ...LINE, len: 2 }),
      'what was written can not be told',
    ],
  ])('%s is skipped by line and reason', (_what, text, why) => {
    const { answers, skipped } = runRecording(write, `${JSON.stringify(LINE)}\n${text}\n`);
    expect(skipped).toEqual([{ line: 2, why }]);
    expect(answers.every(({ agrees }) => agrees)).toBe(true);
  });

  test('an unknown field is skipped by name, and the others of its line are compared', () => {
    const { answers, skipped } = runRecording(write, JSON.stringify({ ...LINE, weather: 'fine' }));
    expect(skipped).toEqual([{ line: 1, why: 'the field weather is unknown' }]);
    expect(answers).toHaveLength(5);
  });

  test('what follows a missing step of a sequence is skipped, the next sequence is not', () => {
    const next = step(0, { seq: 'b' });
    const { answers, skipped } = runRecording(order, [step(0), step(2), step(3), next].join('\n'));
    expect(skipped.map(({ line }) => line)).toEqual([2, 3]);
    expect(new Set(answers.map((answer) => answer.case))).toEqual(new Set(['a', 'b']));
  });

  test('a step that nobody knows ends its sequence', () => {
    const { skipped } = runRecording(order, [step(0, { do: '@dance' }), step(1)].join('\n'));
    expect(skipped.map(({ why }) => why)).toEqual([
      'nobody knows how to do @dance',
      'a step of the sequence a before it is missing',
    ]);
  });

  test('an answer that is not the recorded one differs', () => {
    const { answers } = runRecording(write, JSON.stringify({ ...LINE, after: '4096\n' }));
    expect(answers.filter(({ agrees }) => !agrees)).toEqual([
      { case: 'low_wmark_in_bytes "0"', field: 'after', recorded: '4096\n', found: '0\n', agrees: false },
    ]);
  });

  test('before the first file read nothing is allowed for', () => {
    const { answers } = runRecording(order, step(0, { usage: '4096', failcnt: '1' }));
    expect(answers.filter(({ agrees }) => !agrees).map(({ field }) => field)).toEqual([
      '0 @sleep 1: usage',
      '0 @sleep 1: failcnt',
    ]);
  });
});

test('every allowance has its reason in one sentence, and kinds have names of their own', () => {
  for (const reason of Object.values(ALLOWANCES)) expect(reason).toMatch(/^(?!.*\. ).{20,}[^.]$/);
  expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
});
