import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph, type GraphData } from '../../../src/dashboard/components/graph.tsx';
import { type Charset, makeTheme } from '../../../src/dashboard/theme.ts';
import { ns, pages } from '../../../src/kernel/units.ts';
import { drawn } from './drawn.ts';
import { curve, mib, SAWTOOTH, seconds, WHAT_IF } from './views.ts';

const data: GraphData = {
  ...{ curve: SAWTOOTH, fork: null, cursor: null, from: seconds(0), to: seconds(60) },
};
const shown = (given: Partial<GraphData>, size: string, charset: Charset = 'braille'): string[] => {
  const [columns, rows] = size.split('x').map(Number);
  const element = <Graph data={{ ...data, ...given }} columns={columns} rows={rows} />;
  return drawn(element, columns, makeTheme(0, charset));
};
const picture = (...args: Parameters<typeof shown>): string => `\n${shown(...args).join('\n')}\n`;

describe('the graph of a cgroup', () => {
  it('shows usage, the marks as they were, what hurt and when the reclaimer was awake', () => {
    expect(picture({}, '100x14')).toMatchInlineSnapshot(`
      "
         64M ┤────────────────────────────────────────────────────────────                ─ limit 64M
             │╌╌╌╌╌╌╌⣤⡄╌╌⣀⣶⣀╌╌⢀⡶⣄╌╌⢠⣤⡄╌╌⣀⣶⣀╌╌⢀⡶⣄╌╌⢠⣤⡄╌╌⣀⣶⣀╌╌⢀⡶⣄╌╌⢠⣤⡄╌╌⣀⣶⣀╌                ╌ start at 56M
         48M ┤┈┈┈┈┈┈⣸⠁⠙⢦⡴⠋┈⠘⢧⡼⠋┈⠙⢦⡴⠋┈⠙⢦⡴⠋ ⠘⢧⡼⠋ ⠙⢦⡴⠋ ⠙⢦⡴⠋ ⠘⢧⡼⠋ ⠙⢦⡴⠋ ⠙⢦⡴⠋ ⠘⢧
             │     ⣠⠇
             │    ⢠⠇                  ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈                ┈ stop at 40M
         32M ┤   ⢀⡞
             │   ⡼
             │  ⡴⠃
         16M ┤ ⢰⠃
             │⢠⠏
           0 ┤⡞
             └┬────××──────────────────┬────────────────────────┬───────────────────────┬ × at limit 6
              0 s                     20 s                     40 s                  1:00
       awake         ▄▇▆  ▃▇▇  ▄▇▇▁ ▄▇▆  ▃▇▇  ▄▇▇▁ ▄▇▆  ▃▇▇  ▄▇▇▁ ▄▇▆  ▃▇▇                38 % of time
      "
    `);
  });

  it('with blocks', () => {
    expect(picture({}, '80x10', 'blocks')).toMatchInlineSnapshot(`
      "
         64M ┤────────────────────────────────────────────────            ─ limit 64M
             │╌╌╌╌▗▛▜▄▟▀▜▄▟▀▜▄▟▀▜▄▟▀▜▄▟▀█▄▟▀▙▄█▀▙▄▛▀▙▄▛▀▙▄▛▀▙▖            ╌ start 56M
             │   ▗▛              ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈            ┈ stop 40M
         32M ┤  ▗▛▘
             │ ▗▛
             │▗▛
           0 ┤▛
             └┬───×──────────────┬───────────────────┬──────────────────┬ × at limit 6
              0 s               20 s                40 s             1:00
       awake       ▁▇▆ ▁▇▆ ▃▇▆ ▂▇▄ ▂▇▅ ▄▇▅ ▄▇▃ ▄▇▃ ▅▇▃ ▅▇▂ ▅▇▂            37 % of time
      "
    `);
  });

  it('in ASCII', () => {
    expect(picture({}, '80x10', 'ascii')).toMatchInlineSnapshot(`
      "
         64M +------------------------------------------------            - limit 64M
             |~~~~********************************************            ~ start 56M
             |    ** **      *   *.......*...*.......*...*....            . stop 40M
         32M +  ***
             | **
             |**
           0 +*
             ++---x--------------+-------------------+------------------+ x at limit 6
              0 s               20 s                40 s             1:00
       awake       .#= .#= :#= .#: .#= :#= :#: :#: =#: =#. =#.            37 % of time
      "
    `);
  });

  it('names the marks at the left where it is narrow, and drops its strips where it is low', () => {
    expect(picture({}, '40x6')).toMatchInlineSnapshot(`
      "
       limit 64M ┤──⣠⣄⣤⣀⣤⣀⣤⣠⢤⣠⣄⣠⣄⣠⣄⡤⣄⣤⣀⣤⡀
       start 56M ┤┈⢠⠇⠈┈⠉┈⠉┈⠉⠈⠁⠈⠁⠈⠁⠈⠁⠉┈⠉┈⠁
        stop 40M │⢀⡏
               0 ┤⡞
                 └┬─×───────────┬────────────┬
                  0 s          30 s       1:00
      "
    `);
    expect(picture({}, '40x3')).toMatchInlineSnapshot(`
      "
       start 56M ┤─⢀⡶⠦⠖⠶⠒⠶⠒⠶⠲⠶⠲⠖⠲⠖⠶⠖⠶⠒⠶⠒⠆
        stop 40M ┤⡴⠋
                 └┬─×━━━━━━━━━━━━━━━━━━━━────┬
      "
    `);
    expect(picture({}, '40x1')).toMatchInlineSnapshot(`
      "
        stop 40M ┤⣠⠴⠚⠓⠛⠒⠛⠒⠛⠚⠙⠚⠓⠚⠓⠚⠓⠋⠓⠛⠒⠛⠂
      "
    `);
  });

  it('draws a line where one stands in the past', () => {
    expect(picture({ cursor: seconds(30) }, '80x8')).toMatchInlineSnapshot(`
      "
         64M ┤─────⣀⣀─⢀⣠⣀─⢀⣠⣀─⢀⣀⣀─⢀⣤⣀─⢀⣤⡀─⢀⣀⡀─⢀⣤⡀─⣀⣤⡀─⣀⣀⡀─⣀⣄⡀─            ─ limit 64M
             │┈┈┈┈⡴⠃⠈⠙⠋┈⠈⠙⠋┈⠈⠛⠋┈⠈⠛⠋┈⠉⠛⠉┈⠉⠛⠉│⠉⠛⠉┈⠉⠛⠉┈⠙⠛⠁┈⠙⠛⠁┈⠙⠂            ╌ start 56M
         32M ┤  ⢀⡞⠁                        │                              ┈ stop 40M
             │ ⣰⠋                          │
           0 ┤⡞⠁                           │
             └┬───×──────────────┬───────────────────┬──────────────────┬ × at limit 6
              0 s               20 s   ▲ 30.000 s   40 s             1:00
       awake       ▁▇▆ ▁▇▆ ▃▇▆ ▂▇▄ ▂▇▅ ▄▇▅ ▄▇▃ ▄▇▃ ▅▇▃ ▅▇▂ ▅▇▂            37 % of time
      "
    `);
  });

  it('draws the other future dotted, from where it parts', () => {
    expect(picture({ fork: WHAT_IF.curve }, '100x12')).toMatchInlineSnapshot(`
      "
         64M ┤─────────────────────────⠆⡀────⡀⠆⡄────⢀⡄⡆⡀────⡀⠆⡄────⢀⡄⠆⡀───                ─ limit 64M
             │╌╌╌╌╌╌⢠⠖⢦⡀⢀⡤⠿⢦⡀⢀⡴⠟⢦⡀⢀⡴⠒⢦⡀⢀⡿⢿⣦⣠⢾⡵⠟⢯⣳⣄⣴⣶⢯⡀⢀⡽⢿⣦⣠⢞⡵⠟⢾⡳⣄⣴⡶⢿⡀⢀⡽⢿⣦⣠                ╌ start at 62M
         48M ┤┈┈┈┈┈⢀⡞┈┈⠙⠋┈┈┈⠙⠋┈┈┈⠙⠋┈┈┈⠙⠋┈⠈⠁⠛⠋┈┈┈⠙⠋⠃┈┈⠙⠋┈┈⠃⠙⠋┈┈┈⠙⠛⠃┈┈⠙⠋┈⠈⠁⠛                ┈ stop at 48M
             │    ⢀⡟                  ┈
         32M ┤   ⢠⡞
             │  ⢀⡞
         16M ┤ ⢀⡞                                                                         ━ was
             │⢀⡞                                                                          ┅ what if
           0 ┤⡞                                                                           ━ both
             └┬────××──────────────────┬────────────────────────┬───────────────────────┬ × at limit 6
              0 s                     20 s                     40 s                  1:00
       awake         ▄▇▆  ▃▇▇  ▄▇▇▁ ▄▇▆                                                   14 % of time
      "
    `);
  });

  it('says marks that lie far above the usage, and does not let them press it flat', () => {
    const low = curve(0, 60, 60, () => ({ min: mib(4), max: mib(5), last: mib(5), limit: mib(1024) }));
    const lines = shown({ curve: low }, '80x12');
    expect(lines[0]).toContain('↑ limit 1G');
    expect(lines.some((line) => line.includes('6M ┤'))).toBe(true);
  });

  it('draws nothing where nothing is known', () => {
    const empty = { ...SAWTOOTH, stretches: [] };
    expect(shown({ curve: empty }, '80x8').slice(0, 5).join('')).not.toMatch(/[⠁-⣿─╌┈]/);
  });

  it('puts the worst that happened in a column on the axis', () => {
    const bad = curve(0, 60, 6, (time) => ({
      ...{ failures: 1, stalls: time > 20 ? 2 : 0, oomKills: time > 50 ? 1 : 0 },
    }));
    const axis = shown({ curve: bad }, '100x12').find((line) => line.includes('└')) ?? '';
    expect(axis.replace(/[^×!K]/g, '')).toBe('××!!!KK');
    expect(axis.endsWith('K killed 1')).toBe(true);
  });

  it.each([
    [{ low: mib(1024), high: mib(2048), limit: mib(4096) }, 'far apart'],
    [{ low: mib(64), high: mib(64), limit: mib(64) }, 'equal'],
    [{ low: mib(1), high: mib(2), limit: mib(64) }, 'at the bottom'],
  ])('labels of marks never overlap: %o, %s', (marks) => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 24 }), fc.integer({ min: 1, max: 64 }), (rows, usage) => {
        const flat = curve(0, 60, 60, () => ({ max: mib(usage), last: mib(usage), ...marks }));
        const labels = shown({ curve: flat }, `100x${rows}`).filter((line) =>
          /(limit|start at|stop at) \d/.test(line),
        );
        expect(labels.map((line) => /(limit|start|stop)/.exec(line)?.[1])).toEqual([
          'limit',
          'start',
          'stop',
        ]);
      }),
    );
  });

  it('keeps what is drawn while it moves on by whole columns', () => {
    const column = seconds(60 / (2 * 75));
    const shift = (line: string): string => line.slice(8 + 1, 8 + 60);
    const before = shown({}, '100x10')[1];
    const after = shown({ from: ns(2 * column), to: ns(seconds(60) + 2 * column) }, '100x10')[1];
    expect(after.slice(8, 8 + 59)).toBe(shift(before));
  });

  it('holds a machine of 4 TiB', () => {
    const huge = curve(0, 60, 60, () => ({
      max: pages(2 ** 30),
      last: pages(2 ** 30),
      limit: pages(2 ** 29),
    }));
    expect(shown({ curve: huge }, '100x12')[0]).toContain('4T ┤');
  });
});
