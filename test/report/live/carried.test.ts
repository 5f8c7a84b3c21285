import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS, figureNamesIn } from '../../../src/machine/machine.ts';
import { packedCarried, unpackedCarried } from '../../../src/report/html/live/carried.ts';
import { edited } from '../../../src/report/html/live/edited.ts';
import { fragmentOf, settingsIn, settingWords } from '../../../src/report/html/live/setting.ts';

describe('what a page carries', () => {
  const record = fc.record({
    time: fc.integer({ min: 0, max: 2 ** 52 }),
    file: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    page: fc.integer({ min: 0, max: 2 ** 45 }),
    count: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    op: fc.integer({ min: 0, max: 3 }),
  });

  it('is there again as it was, whatever records a trace has', () => {
    const some = fc.array(record, { maxLength: 50 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const batch = (all: typeof a) => ({
          time: Float64Array.from(all, ({ time }) => time),
          file: Int32Array.from(all, ({ file }) => file),
          page: Float64Array.from(all, ({ page }) => page),
          count: Int32Array.from(all, ({ count }) => count),
          op: Uint8Array.from(all, ({ op }) => op),
        });
        const trace = { path: 't.csv', format: null, files: ['a', 'b'], batches: [batch(a), batch(b)] };
        const carry = {
          script: 's.memcg',
          texts: { 's.memcg': '# \u00e9\n' },
          boot: null,
          group: '/default',
          options: {},
          marks: null,
          runs: [{ name: '', apart: {}, options: DEFAULT_OPTIONS }],
          until: 1,
        };
        const [{ carried, memory }] = unpackedCarried(packedCarried([{ ...carry, traces: [trace] }]));
        expect(carried).toMatchObject(carry);
        const source = memory.source('t.csv', null) ?? '';
        const read = memory.records(source, 0);
        expect(read).toEqual({ ok: true, batch: batch([...a, ...b]), last: true, files: ['a', 'b'] });
      }),
    );
  });
});

describe('the address of a page', () => {
  it('says what was changed, and is read back', () => {
    const groups = [
      [
        { 'limit:/default': '500M', policy: 'memory.high' },
        { like: '0', disk: 'hard' },
      ],
      [{}, { 'low:/a b': '1M' }],
    ];
    const fragment = fragmentOf(groups);
    expect(fragment).toBe(
      '0-0.limit:/default=500M&0-0.policy=memory.high&0-1.like=0&0-1.disk=hard&1-1.low:/a+b=1M',
    );
    expect(settingsIn(fragment, [1, 2])).toEqual(groups);
  });

  it.each(['', 'x', '9-0.policy=rfc', '0-99.policy=rfc', '0-0=1', '%%%'])(
    '%j changes nothing',
    (fragment) => {
      expect(settingsIn(fragment, [1])).toEqual([[{}]]);
    },
  );
});

it.each([
  [{}, 'limit 500M, start of web 450M, seed 7'],
  [{ kernel: '6.1' }, 'max 500M, high of web 450M, seed 7'],
  [{ kernel: '6.1', policy: 'rfc' }, 'max 500M, start of web 450M, seed 7'],
] as const)('what was changed of a run on %j is called as beside its lines', (options, words) => {
  const setting = { 'limit:/default': '500M', 'high:/web': '450M', seed: '7', like: '0' };
  expect(settingWords(setting, figureNamesIn(options))).toBe(words);
});

describe('marks that a script writes itself', () => {
  const knobs = [
    { file: 'memory.limit_in_bytes', value: '50M' },
    { file: 'memory.high_wmark_in_bytes', value: '40M' },
  ];

  it.each([
    ['write web/limit_in_bytes 64M # room', 'write web/limit_in_bytes 50M'],
    [
      'set web limit_in_bytes=64M memory.high_wmark_in_bytes=56M',
      'set web limit_in_bytes=50M memory.high_wmark_in_bytes=40M',
    ],
    [
      'write web/limit_in_bytes 1M\nwrite web/limit_in_bytes 64M',
      'write web/limit_in_bytes 1M\nwrite web/limit_in_bytes 50M',
    ],
    ['write limit_in_bytes 64M', null],
    ['fails EINVAL write web/limit_in_bytes 64M', null],
    ['set --weak web limit_in_bytes=64M', null],
  ])('%j', (text, other) => {
    expect(edited(text, '/web', '/default', knobs).text).toBe(other ?? text);
  });
});
