import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../src/cli/command-names.ts';
import { CONCEPT_WORDS } from '../../../src/cli/help/concepts.ts';
import { definitionList } from '../../../src/cli/help/definitions.ts';
import { overview } from '../../../src/cli/help/overview.ts';
import { helpOn } from '../../../src/cli/help/topic.ts';
import { encodeText } from '../../../src/kernel/text.ts';
import { CONTROL_FILES, controlFileNamed, KERNELS, kernelNamed } from '../../../src/machine/kernels.ts';
import { KERNEL_VERSIONS, Machine } from '../../../src/machine/machine.ts';
import { BEHAVIOURS } from '../../../src/script/grammar/behaviours.ts';
import { parseLine, VOCABULARY } from '../../../src/script/vocabulary.ts';

const PLAIN = { width: 80, color: false, unicode: true };

const topics = [
  'files',
  ...VOCABULARY.map(({ word }) => word),
  ...BEHAVIOURS.map(({ word }) => word),
  ...CONTROL_FILES.map(({ name }) => name),
  ...CONCEPT_WORDS,
];

function textOf(topic: string, width = 80): string {
  const help = helpOn(topic, { ...PLAIN, width });
  return typeof help === 'string' ? help : '';
}

describe('the overview', () => {
  test('has a line for every word, behaviour and command', () => {
    const terms = overview(PLAIN)
      .split('\n')
      .flatMap((line) => /^ {2}([a-z-]+) {2}/.exec(line)?.[1] ?? []);
    const all = [...VOCABULARY, ...BEHAVIOURS].map(({ word }) => word).concat(COMMAND_NAMES);
    expect(terms).toEqual(expect.arrayContaining(all));
  });

  test.each([40, 80, 120])('fits %i columns', (width) => {
    const lines = overview({ ...PLAIN, width }).split('\n');
    expect(lines.filter((line) => stringWidth(line) > Math.max(width, 60))).toEqual([]);
  });
});

describe('help on a topic', () => {
  test.each(topics)('%s fits 80 columns and ends with a newline', (topic) => {
    const text = textOf(topic);
    expect(text).toMatch(/\S\n$/);
    // An example is a line to copy: it is not broken.
    const long = text.split('\n').filter((line) => stringWidth(line) > 80 && !line.startsWith('  memcg '));
    expect(long).toEqual([]);
  });

  test('has the usage and an example of a word', () => {
    expect(textOf('write')).toContain('memcg write FILE TEXT\n');
    expect(textOf('write')).toContain('memcg write high_wmark_in_bytes 64M\n');
  });

  test('takes an alias for its word', () => {
    expect(textOf('read')).toBe(textOf('cat'));
  });

  test.each(['high_wmark_in_bytes', 'memory.high_wmark_in_bytes', 'web/memory.high_wmark_in_bytes'])(
    'knows the control file %s',
    (name) => expect(textOf(name)).toContain('low <= high <= limit'),
  );

  test('proposes what may have been meant', () => {
    expect(helpOn('usage_in_byte', PLAIN)).toEqual({
      unknown: "there is no command and no control file 'usage_in_byte': did you mean 'usage_in_bytes'?",
    });
  });
});

describe('help for who knows another word', () => {
  test.each([
    ['memcontd', 'memcg events'],
    ['policy', 'policy=kswapd2011'],
    ['kernel', 'kernel=6.1'],
    ['errata', 'best-node-forgotten'],
    ['cost', 'cost.scan'],
    ['low', 'policy=rfc           low, by memory.low_wmark_in_bytes'],
    ['high', 'memory.high_wmark_in_bytes'],
    ['limit', 'memory.limit_in_bytes'],
    ['watermark', 'low <= high <= limit'],
    ['language', 'FILE:KEY'],
  ])('%s', (word, told) => expect(textOf(word)).toContain(told));

  test('memory.high: what to type to have it, and what it is here', () => {
    const text = textOf('memory.high').replaceAll(/\s+/g, ' ');
    expect(text).toContain('booted with policy=memory.high or kernel=6.1');
    expect(text).toContain('by itself has memory.high_wmark_in_bytes for it');
    expect(text).toContain('Example memcg reset policy=memory.high memcg write high 96M');
  });

  test('the overview leads there', () => {
    expect(overview(PLAIN)).toContain('memcg help memory.high');
  });
});

describe('the entries of control files', () => {
  test('tell of exactly the files that cgroups list under any policy and kernel', () => {
    const data = encodeText('+memory +pids +cpu +io');
    const machines = KERNEL_VERSIONS.flatMap((kernel) =>
      KERNELS[kernelNamed(kernel)].policies.map((policy) => Machine.boot({ kernel, policy: policy.name })),
    );
    const listed = machines.flatMap((machine) => {
      machine.perform({ op: 'write', path: '/cgroup.subtree_control', data });
      machine.perform({ op: 'mkdir', path: '/fresh' });
      return ['/', '/fresh'].flatMap((path) => {
        const list = machine.list(path);
        return list.ok ? list.value.filter(({ directory }) => !directory) : [];
      });
    });
    const names = [...new Set(listed.map(({ name }) => name))];
    expect(CONTROL_FILES.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  test.each(CONTROL_FILES)('$name: the example is a line of the language', ({ example }) => {
    expect(parseLine(example).kind).toBe('command');
  });

  test.each(['limit', 'high_wmark', 'low_wmark'])(
    '%s_in_bytes is at first what a fresh cgroup holds',
    (mark) => {
      const machine = Machine.boot({});
      machine.perform({ op: 'mkdir', path: '/fresh' });
      const read = machine.read(`/fresh/memory.${mark}_in_bytes`);
      const held = read.ok ? read.value.trim() : '';
      expect(controlFileNamed(`memory.${mark}_in_bytes`)?.initially).toContain(held);
    },
  );
});

describe('a list of definitions', () => {
  test('sets meanings beside their terms, and long terms above', () => {
    expect(
      definitionList(
        [
          ['a', 'one two three'],
          ['a-term-of-more-than-26-letters', 'four'],
        ],
        14,
      ),
    ).toEqual(['  a  one two', '     three', '  a-term-of-more-than-26-letters', '     four']);
  });
});
