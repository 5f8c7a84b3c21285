import { describe, expect, it } from 'vitest';
import { meets } from '../../src/script/condition.ts';
import { parseLine } from '../../src/script/vocabulary.ts';

function conditionOf(text: string) {
  const parsed = parseLine(`expect ${text}`);
  if (parsed.kind !== 'command' || parsed.command.name !== 'expect') throw new Error(`no condition: ${text}`);
  return parsed.command.condition;
}

describe('a condition', () => {
  it.each([
    ['f == 0', '0', true],
    ['f == 0', '1', false],
    ['f != 0', '1', true],
    ['f < 10', '9', true],
    ['f < 10', '10', false],
    ['f <= 10', '10', true],
    ['f > 9', '10', true],
    ['f >= 10', '9', false],
    // As numbers, not as text.
    ['f > 9', '10', true],
    ['f == 010', '10', true],
    // A size compares bytes.
    ['f == 56M', '58720256', true],
    ['f <= 56M', '58720257', false],
    ['f == 1g', '1073741824', true],
    // Beyond what a double can tell apart.
    ['f == 9223372036854775807', '9223372036854775807', true],
    ['f == 9223372036854775807', '9223372036854775806', false],
    ['f < 9223372036854775808', '9223372036854775807', true],
    ['f -eq 0', '0', true],
    ['f -ne 0', '0', false],
    ['f -lt 1', '0', true],
    ['f -le 0', '0', true],
    ['f -gt 0', '0', false],
    ['f -ge 0', '0', true],
    // Text.
    ['f == sleeping', 'sleeping', true],
    ['f != sleeping', 'sleeping', false],
    ["f == ''", '', true],
    ['f == "1\\n2"', '1\n2', true],
    // What is no number has no order.
    ['f < 5', 'sleeping', false],
    ['f > 5', 'sleeping', false],
    ['f == 5', 'sleeping', false],
    ['f != 5', 'sleeping', true],
  ])('%s with %j: %s', (text, found, holds) => {
    expect(meets(conditionOf(text), found)).toBe(holds);
  });

  it.each(["'web/failcnt == 0'", "'web/failcnt==0'", '"  web/failcnt  ==  0 "', "'web/failcnt -eq 0'"])(
    'may be one word: %s',
    (text) => {
      expect(conditionOf(text)).toMatchObject({
        file: { cgroup: '/web', name: 'failcnt', key: null },
        operator: '==',
        value: { kind: 'number', number: 0n },
      });
    },
  );

  it('may be about a cgroup with a blank in its name', () => {
    expect(conditionOf("'a b/failcnt' == 0")).toMatchObject({ file: { cgroup: '/a b' } });
  });
});
