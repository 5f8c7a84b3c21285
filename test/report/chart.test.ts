import { describe, expect, it } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { renderChart, scaleOf } from '../../src/report/chart.ts';
import { history, MARKS, mib } from './runs.ts';

const plain = { color: false, unicode: true };
const stream = history(
  400,
  2.14e9,
  (i) => (i < 100 ? (i * 56) / 100 : 56 - Math.abs(((i - 100) % 40) - 20) * 0.4),
  MARKS,
);
const flat = (usage: number, marks = MARKS) => history(4, 1e9, () => usage, marks);
const drawn = (...args: Parameters<typeof renderChart>) => `\n${renderChart(...args).join('\n')}\n`;
const labels = (...args: Parameters<typeof renderChart>) =>
  renderChart(...args).flatMap((line) => /(limit|start|stop) .*$/.exec(line)?.[0] ?? []);

describe('usage over virtual time', () => {
  it('at 80 columns', () => {
    expect(drawn(stream, { ...plain, width: 80 })).toMatchInlineSnapshot(`
      "
        64M ┤──────────────────────────────────────────────────────────── limit 64M
            │╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⣴⡆⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴⠶⣄╌╌⢀⡴ start 56M
        48M ┤┈┈┈┈┈┈┈┈┈┈┈┈⣠⠞⠁⠟⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈┈⠈⠳⠞⠋┈ stop 48M
            │          ⣠⠞⠁
        32M ┤        ⢀⡼⠃
            │      ⢀⣴⠋
            │     ⣠⠟⠁
        16M ┤   ⣠⠞⠁
            │ ⢀⡴⠃
          0 ┤⡴⠋
            └┬─────────────┬─────────────┬─────────────┬─────────────┬───
             0           0.5 s          1 s          1.5 s          2 s   virtual time
      "
    `);
  });

  it('at 120 columns', () => {
    expect(drawn(stream, { ...plain, width: 120 })).toMatchInlineSnapshot(`
      "
        64M ┤──────────────────────────────────────────────────────────────────────────────────────────────────── limit 64M
            │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⣀⡴⡆╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴⠲⢤⣀╌╌╌╌⢀⣠⠴ start 56M
        48M ┤┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⣀⡴⠚⠁┈⠷⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈┈┈⠈⠙⠲⠴⠚⠉┈┈ stop 48M
            │                 ⣀⡴⠚⠁
        32M ┤              ⢀⡤⠞⠁
            │           ⢀⡤⠞⠉
            │        ⢀⡤⠞⠉
        16M ┤     ⢀⡤⠞⠉
            │  ⢀⣠⠖⠋
          0 ┤⣠⠖⠋
            └┬──────────────────────┬──────────────────────┬───────────────────────┬──────────────────────┬──────
             0                    0.5 s                   1 s                    1.5 s                   2 s      virtual time
      "
    `);
  });

  it('at 40 columns', () => {
    expect(drawn(stream, { ...plain, width: 40 })).toMatchInlineSnapshot(`
      "
        64M ┤─────────────────────── limit 64M
            │╌╌╌╌╌⣰⣰⣆⢠⢦⢀⣶⡀⣴⡆⢰⢦⢀⣶⡀⡴⡄⣰ start 56M
        48M ┤┈┈┈┈⢠⠿⠃⠸⠏⠈⠿┈⠻⠃⠹⠏⠘⠟┈⠿⠁⠹⠇ stop 48M
            │   ⢀⡟
        32M ┤   ⣸⠁
            │  ⢰⠇
            │ ⢀⡟
        16M ┤ ⡼⠁
            │⢰⠇
          0 ┤⡟
            └┬─────────┬──────────┬─
             0        1 s        2 s
      "
    `);
  });

  it('in ASCII, the marks told apart by their lines', () => {
    expect(drawn(stream, { width: 80, color: false, unicode: false })).toMatchInlineSnapshot(`
      "
        64M +============================================================ limit 64M
            |--------------**-***---***---***---***---***---***---***---* start 56M
        48M +............******.*****.*****.*****.*****.*****.*****.***** stop 48M
            |          ***
        32M +        ***
            |      ***
            |    ***
        16M +   **
            | ***
          0 +**
            ++-------------+-------------+-------------+-------------+---
             0           0.5 s          1 s          1.5 s          2 s   virtual time
      "
    `);
  });

  it('too narrow for labels: a legend below', () => {
    expect(drawn(stream, { ...plain, width: 24 })).toMatchInlineSnapshot(`
      "
        64M ┤─────────────────
            │╌╌╌⢀⣦⣆⣰⡄⣶⣠⣦⣰⡆⣴⣀⣦⢰
        48M ┤┈┈┈⣸⠟⠸⠇⠻⠉⠟⠘⠏⠹⠃⠿⠘⠏
            │  ⢀⡇
        32M ┤  ⣸
            │ ⢀⡏
            │ ⣸
        16M ┤⢀⡇
            │⣸
          0 ┤⡏
            └┬──────┬───────┬─
             0     1 s     2 s
        ─ limit 64M, ╌ start
        56M, ┈ stop 48M
      "
    `);
  });

  it('marks step where they were changed', () => {
    const marks = [
      { time: ns(0), low: null, high: null, limit: mib(64) },
      { time: ns(0.5e9), low: mib(20), high: mib(40), limit: mib(64) },
    ];
    expect(
      drawn(flat(30, marks), { ...plain, width: 60 }, { top: mib(64), until: 2e9 }),
    ).toMatchInlineSnapshot(`
      "
        64M ┤────────────────────                     limit 64M
            │
        48M ┤
            │         ╌╌╌╌╌╌╌╌╌╌╌                     start 40M
        32M ┤
            │⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
            │         ┈┈┈┈┈┈┈┈┈┈┈                     stop 20M
        16M ┤
            │
          0 ┤
            └┬───────────────────┬──────────────────┬
             0                  1 s                2 s
      "
    `);
  });

  it('draws a single page', () => {
    const marks = [{ time: ns(0), low: null, high: null, limit: null }];
    const one = { samples: [{ time: ns(3000), min: pages(0), max: pages(1), last: pages(1) }], marks };
    expect(drawn(one, { ...plain, width: 50 })).toMatchInlineSnapshot(`
      "
        4K ┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
         0 ┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
           └┬─────────────┬──────────────┬─────────────┬
            0            1 us           2 us        3 us
      "
    `);
  });
});

describe('the labels of the marks', () => {
  const look = { ...plain, width: 100 };
  const of = (low: number | null, high: number | null, limit: number | null) => [
    {
      time: ns(0),
      low: low === null ? null : mib(low),
      high: high === null ? null : mib(high),
      limit: limit === null ? null : mib(limit),
    },
  ];

  it.each([
    ['stand each on its own line', of(48, 56, 64), ['limit 64M', 'start 56M', 'stop 48M']],
    ['are merged where they would collide', of(55, 56, 64), ['limit 64M', 'start 56M, stop 55M']],
    ['are named together where they are equal', of(48, 64, 64), ['limit = start 64M', 'stop 48M']],
    ['all three, too', of(64, 64, 64), ['limit = start = stop 64M']],
    ['are absent for marks that are not set', of(null, null, 64), ['limit 64M']],
    ['are absent for marks far above the usage', of(48, 56, 640), ['start 56M', 'stop 48M']],
    ['are absent for a mark at the counter’s clamp', of(48, 2 ** 22, 2 ** 22), ['stop 48M']],
  ])('%s', (_, marks, texts) => {
    expect(labels(flat(60, marks), look)).toEqual(texts);
  });

  it('have room as long as the plot has half of the width', () => {
    expect(labels(flat(60, of(55, 56, 64)), { ...look, width: 54 })).toEqual([
      'limit 64M',
      'start 56M, stop 55M',
    ]);
  });
});

it('charts to be compared share the greatest usage, the greatest near mark and the longest time', () => {
  const short = history(4, 1e9, () => 30, []);
  const long = history(4, 3e9, () => 50, MARKS);
  expect(scaleOf([short, long])).toEqual({ top: mib(64), until: 3e9 });
});

it('there is no chart without samples', () => {
  expect(renderChart({ samples: [], marks: MARKS }, { ...plain, width: 80 })).toEqual([]);
});
