import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Screen, scrollBounds } from '../../../src/dashboard/components/screen.tsx';
import { COLUMN_NAMES } from '../../../src/dashboard/draw/columns.ts';
import { type Charset, type ColorLevel, makeTheme } from '../../../src/dashboard/theme.ts';
import { type Mode, TABS, type UiState } from '../../../src/dashboard/ui-state.ts';
import type { View } from '../../../src/dashboard/view.ts';
import { pages } from '../../../src/kernel/units.ts';
import { drawn, PLAIN } from './drawn.ts';
import { BATCH, CLOCK, cgroup, mib, seconds, UI, VIEW, WEB, WHAT_IF } from './views.ts';

/** In a terminal of one column more. */
const shown = (
  size: string,
  ui: Partial<UiState> = {},
  view: Partial<View> = {},
  theme = PLAIN,
): string[] => {
  const [columns, rows] = size.split('x').map(Number);
  const props = { view: { ...VIEW, ...view }, ui: { ...UI, ...ui }, size: { columns, rows: rows - 1 } };
  return drawn(<Screen {...props} theme={theme} />, columns, theme);
};
const picture = (...args: Parameters<typeof shown>): string => `\n${shown(...args).join('\n')}\n`;

describe('the whole screen', () => {
  it('at 120x40', () => {
    expect(picture('120x40')).toMatchInlineSnapshot(`
      "
       memcg default session                                                                                 48.00 s 1x  LIVE
       memory 118.1M of 1G   swap none   dirty 2M   being written 0                                2 CPUs, 3 tasks, 4 cgroups
       ▲cgroup       health          stop┊start╎│      usage  limit state       reclaimer    bg/s direct/s stalls failcnt  OOM
        /            calm                                  0      - BELOW_LOW   none            -        -      -       -    -
        ├─batch      !stalling       ███████████████│    64M    64M BELOW_LOW   none            -    96.9M  3,584   3,584    -
        ├─default    calm               ┊ ╎         │      0   128M BELOW_LOW   none            -        -      -       -    -
      ▶ └─web        background only ███████████┊█╎ │  54.1M    64M BELOW_HIGH  reclaiming   100M        -      -       -    -
       /web  BACKGROUND ONLY  the reclaimer frees 100M/s for 2.6 % of a CPU, and no task waits


         64M ┤────────────────────────────────────────────────────────────────────────────                    ─ limit 64M
             │╌╌╌╌╌╌╌╌╌⢀╌╌╌╌╌⢀╌╌╌╌╌╌⡀╌╌╌╌╌⣀╌╌╌╌╌⢀╌╌╌╌╌╌⡀╌╌╌╌╌⣀╌╌╌╌╌⢀╌╌╌╌╌╌⡀╌╌╌╌╌⣀╌╌╌╌╌⢀╌╌╌                    ╌ start at 56M
             │        ⢠⠏⠳⣄ ⢀⡶⠋⠻⣆  ⣰⠟⠙⢶⡀ ⣠⠞⠉⠳⣄ ⢀⡶⠋⠻⣆  ⣰⠟⠙⢶⡀ ⣠⠞⠉⠳⣄ ⢀⡶⠋⠻⣆  ⣰⠟⠙⢶⡀ ⣠⠞⠉⠳⣄ ⢀⡶⠋⠻⣆
         48M ┤┈┈┈┈┈┈┈⢠⠏┈┈⠙⠳⠋┈┈┈⠈⠳⠞⠁┈┈┈⠙⠞⠋┈┈┈⠙⠳⠋   ⠈⠳⠞⠁   ⠙⠞⠋   ⠙⠳⠋   ⠈⠳⠞⠁   ⠙⠞⠋   ⠙⠳⠋   ⠈⠳
             │      ⢀⡾
             │      ⡾⠁                       ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈                    ┈ stop at 40M
         32M ┤     ⣰⠇
             │    ⢰⠃
             │   ⢀⡞
             │   ⡞
         16M ┤  ⣴⠃
             │ ⢸⠃
             │⢠⡟
           0 ┤⠏
             └┬──────×───────┬───────────────┬───────────────┬───────────────┬───────────────┬──────────────┬ × at limit 6
              0 s           10 s            20 s            30 s            40 s            50 s         1:00
       awake           ▄▇▇▄  ▁▇▇▇   ▇▇▇▄  ▄▇▇▄  ▁▇▇▇   ▇▇▇▄  ▄▇▇▄  ▁▇▇▇   ▇▇▇▄  ▄▇▇▄  ▁▇▇▇                    38 % of time
      ──[1 overview] 2 reclaim  3 lists  4 tasks  5 files  6 events ──────────────────────────────────────────────────────────
       usage     54.1M, 85 % of the limit, peak 56.3M              reclaimer   reclaiming  woken 12 times
       limit     64M  limit_in_bytes                               background  100M/s  for 2.6 % of a CPU
       start at  56M  high_wmark_in_bytes, 8M below the limit      direct      0/s  by the tasks themselves
       stop at   48M  low_wmark_in_bytes, 8M less                  stalls      never
       state     BELOW_HIGH  between stop and start                limit met   never  failcnt
       holds     page cache 50.1M, anonymous 4M                    refaults    310/s, 1,204 so far, 99.8M/s charged
                                                                   tasks       1



       ? help  q quit  ↑↓ select  Tab next tab  e edit  space pause  ←→ back in time  : command  +- zoom  z enlarge  f fold
      "
    `);
  });

  it('at 80x24, with a group that stalls', () => {
    expect(picture('80x24', { selected: '/batch' })).toMatchInlineSnapshot(`
      "
       memcg default session   memory 118.1M of 1G                   48.00 s 1x  LIVE
       ▲cgroup       health          stop┊start╎limit│     usage   bg/s stalls failcnt
        /            calm                                      0      -      -       -
      ▶ ├─batch      !stalling       ███████████████████│    64M      -  3,584   3,584
        ├─default    calm                ┊  ╎           │      0      -      -       -
        └─web        background only ██████████████┊██╎ │  54.1M   100M      -       -
       /batch  ! STALLING  775 stalls/s, p99 17.8 us: usage meets the limit and no
       reclaimer works ahead of it
       try set batch low_wmark_in_bytes=48M high_wmark_in_bytes=56M
         64M ┤─────⣀⣀─⢀⣠⣀─⢀⣠⣀─⢀⣀⣀─⢀⣤⣀─⢀⣤⡀─⢀⣀⡀─⢀⣤⡀─⣀⣤⡀─⣀⣀⡀─⣀⣄⡀─            ─ limit 64M
             │┈┈┈┈⡴⠃⠈⠙⠋┈⠈⠙⠋┈⠈⠛⠋┈⠈⠛⠋┈⠉⠛⠉┈⠉⠛⠉┈⠉⠛⠉┈⠉⠛⠉┈⠙⠛⠁┈⠙⠛⠁┈⠙⠂            ╌ start 56M
         32M ┤  ⢀⡞⠁                                                       ┈ stop 40M
             │ ⣰⠋
           0 ┤⡞⠁
             └┬───×──────────────┬───────────────────┬──────────────────┬ × at limit 6
              0 s               20 s                40 s             1:00
      ──[1 overview] 2 reclaim  3 lists  4 tasks  5 files  6 events ───── 1-4 of 11 ──
       usage     64M, 100 % of the limit       reclaimer   none
       limit     64M  limit_in_bytes           background  0/s
       start at  not set  high_wmark_in_bytes  direct      96.9M/s  by the tasks
       stop at   not set  low_wmark_in_bytes   stalls      775/s, p99 17.8 us

       ? help  q quit  ↑↓ select  a do that  Tab next tab  e edit  space pause
      "
    `);
  });

  it('at 40x12', () => {
    expect(picture('40x12', { selected: '/batch' })).toMatchInlineSnapshot(`
      "
       memcg default session 48.00 s 1x  LIVE
        /             calm
      ▶ ├─batch       !stalling       ███████│
        ├─default     calm             ┊╎    │
       /batch  ! STALLING  64M of 64M
       775 stalls/s, p99 17.8 us: usage meets…
       try set batch low_wmark_in_bytes=48M h…
       start 56M ┤─⢀⡶⠦⠖⠶⠒⠶⠒⠶⠲⠶⠲⠖⠲⠖⠶⠖⠶⠒⠶⠒⠆
        stop 40M ┤⡴⠋
                 └┬─×━━━━━━━━━━━━━━━━━━━━────┬
       ? help  q quit  ↑↓ select  a do that
      "
    `);
  });

  it('in ASCII alone', () => {
    expect(picture('80x24', {}, {}, makeTheme(0, 'ascii'))).toMatchInlineSnapshot(`
      "
       memcg default session   memory 118.1M of 1G                   48.00 s 1x  LIVE
       ^cgroup       health          stop:start|limit|     usage   bg/s stalls failcnt
        /            calm                                      0      -      -       -
        +-batch      !stalling       ###################|    64M      -  3,584   3,584
        +-default    calm                :  |           |      0      -      -       -
      > +-web        background only ##############:##| |  54.1M   100M      -       -
       /web  BACKGROUND ONLY  the reclaimer frees 100M/s for 2.6 % of a CPU, and no
       task waits

         64M +------------------------------------------------            - limit 64M
             |....********************************************            ~ start 56M
         32M +  ***                                                       . stop 40M
             |***
           0 +*
             ++---x--------------+-------------------+------------------+ x at limit 6
              0 s               20 s                40 s             1:00
      --[1 overview] 2 reclaim  3 lists  4 tasks  5 files  6 events ------ 1-4 of 9 --
       usage     54.1M, 85 % of the limit      reclaimer   reclaiming  woken 12 times
       limit     64M  limit_in_bytes           background  100M/s  for 2.6 % of a CPU
       start at  56M  high_wmark_in_bytes      direct      0/s  by the tasks
       stop at   48M  low_wmark_in_bytes       stalls      never

       ? help  q quit  ^v select  Tab next tab  e edit  space pause  <> back in time
      "
    `);
  });

  it('shows the question and the table of two futures at 80x24, too', () => {
    const mode: Mode = {
      kind: 'confirm',
      question: 'What if? Another future begins here',
      detail: 'mkdir a',
    };
    expect(shown('80x24', { mode }).join('\n')).toMatch(
      /What if\? Another future begins here {2}y yes {2}n no/,
    );
    const table = shown('80x24', { tab: 'what if' }, { fork: WHAT_IF }).join('\n');
    expect(table).toMatch(/limit failures.*\n.*time stalled.*\n.*refaults/);
  });

  it('shows the line of a script that plays, below what is said of it', () => {
    const told = { line: 12, text: 'run reader stream data.img 512M', comment: 'More than fits.' };
    expect(shown('120x40', {}, { told }).slice(2, 5)).toEqual([
      '  # More than fits.',
      ' 12 run reader stream data.img 512M',
      '',
    ]);
    expect(shown('80x24', {}, { told })[2]).toBe(' 12 run reader stream data.img 512M');
  });

  it('says LIVE of the present alone, and how far what is on the way there is', () => {
    const [behind] = shown('80x24', {}, { clock: { ...CLOCK, catchingUp: 0.45 } });
    expect(behind).toMatch(/CATCHING UP 45 %$/);
    const [recalling] = shown('120x40', {}, { clock: { ...CLOCK, recalling: 0.12 } });
    expect(recalling).toMatch(/its past 12 % {2}LIVE$/);
  });

  it('in the past, with blocks', () => {
    const clock = { ...CLOCK, standing: 'past', paused: true, time: seconds(20) } as const;
    expect(picture('80x24', {}, { clock }, makeTheme(0, 'blocks'))).toMatchInlineSnapshot(`
      "
       memcg default session   memory 118.1M of 1G        20.00 s 1x   PAST  28 s ago
       ▲cgroup       health          stop┊start╎limit│     usage   bg/s stalls failcnt
        /            calm                                      0      -      -       -
        ├─batch      !stalling       ███████████████████│    64M      -  3,584   3,584
        ├─default    calm                ┊  ╎           │      0      -      -       -
      ▶ └─web        background only ██████████████┊██╎ │  54.1M   100M      -       -
       /web  BACKGROUND ONLY  the reclaimer frees 100M/s for 2.6 % of a CPU, and no
       task waits

         64M ┤─────▗▄──▄▖──▄▖─▗▄▖│─▄▖──▄▖─▗▄▖─▗▄──▗▄──▗▄▖─▗▄──            ─ limit 64M
             │┈┈┈┈▟▀▀▀▀▘▀▀▀▘▀▀▀▘▀▀▀▘▀▀▀▘▀▀▀▀▀▀▀▝▀▀▀▝▀▀▀▝▀▀▀▝▀▘            ╌ start 56M
         32M ┤  ▗▛▘              │                                        ┈ stop 40M
             │ ▟▀                │
           0 ┤▛▘                 │
             └┬───×──────────────┬───────────────────┬──────────────────┬ × at limit 6
              0 s            ▲ 20.000 s             40 s             1:00
      ──[1 overview] 2 reclaim  3 lists  4 tasks  5 files  6 events ────── 1-4 of 9 ──
       usage     54.1M, 85 % of the limit      reclaimer   reclaiming  woken 12 times
       limit     64M  limit_in_bytes           background  100M/s  for 2.6 % of a CPU
       start at  56M  high_wmark_in_bytes      direct      0/s  by the tasks
       stop at   48M  low_wmark_in_bytes       stalls      never

       ? help  q quit  ↑↓ select  Tab next tab  e what if?  ←→ move in time  +- zoom
      "
    `);
  });

  it('with two futures, compared', () => {
    const clock = { ...CLOCK, standing: 'what if' } as const;
    expect(picture('120x40', { tab: 'what if' }, { clock, fork: WHAT_IF })).toMatchInlineSnapshot(`
      "
       memcg default session                                                                       48.00 s 1x   WHAT IF  LIVE
       memory 118.1M of 1G   swap none   dirty 2M   being written 0                                2 CPUs, 3 tasks, 4 cgroups
       ▲cgroup       health          stop┊start╎│      usage  limit state       reclaimer    bg/s direct/s stalls failcnt  OOM
        /            calm                                  0      - BELOW_LOW   none            -        -      -       -    -
        ├─batch      !stalling       ███████████████│    64M    64M BELOW_LOW   none            -    96.9M  3,584   3,584    -
        ├─default    calm               ┊ ╎         │      0   128M BELOW_LOW   none            -        -      -       -    -
      ▶ └─web        background only ███████████┊█╎ │  54.1M    64M BELOW_HIGH  reclaiming   100M        -      -       -    -
       /web  BACKGROUND ONLY  the reclaimer frees 100M/s for 2.6 % of a CPU, and no task waits


         64M ┤───────────────────────────────⢠⡄───────⢠⡄⡀───────⡀⡀───────⡀⡄───────⢀⡄⡄─────                    ─ limit 64M
             │╌╌╌╌╌╌╌╌╌⢀╌╌╌╌╌⢀╌╌╌╌╌╌⡀╌╌╌╌╌⣀╌╌ ⠁⠆⢀    ⡄⠃⡈⠇⡄   ⣀⡀⡇⠁⠁⡄⣀   ⢀⡄⠃⡈⠃⡀   ⣀⢠⠆ ⠃⠆⢀                       ╌ start at 62M
             │        ⢠⠏⠳⣄ ⢀⡶⠋⠻⣆  ⣰⠟⠙⢶⡀ ⣠⠞⠉⠳⣄ ⢀⡾⢻⡻⣆⡀⠇⣱⠟⠙⢶⡙⠆⣠⢞⡽⠻⣄ ⢀⡾⢿⣿⣆⡀⠆⣰⠟⠙⢶⡙⡆⣠⢞⡽⠻⣄ ⢀⡾⠻⡿⣆⡀
         48M ┤┈┈┈┈┈┈┈⢠⠏┈┈⠙⠳⠋┈┈┈⠈⠳⠞⠁┈┈┈⠙⠞⠋┈┈┈⠙⠳⠋┈┈⠁⠟⠻⠞⠁┈┈┈⠙⠞⠻⠇┈┈⠙⠳⠋┈┈⠘⠾⠳⠞⠁┈┈┈⠙⠞⠻⠇⠁┈⠙⠳⠋┈┈⠁⠾⠳                    ┈ stop at 48M
             │      ⢀⡾
             │      ⡾⠁
         32M ┤     ⣰⠇
             │    ⢰⠃
             │   ⢀⡞
             │   ⡞
         16M ┤  ⣴⠃
             │ ⢸⠃                                                                                             ━ was
             │⢠⡟                                                                                              ┅ what if
           0 ┤⠏                                                                                               ━ both
             └┬──────×───────┬───────────────┬───────────────┬───────────────┬───────────────┬──────────────┬ × at limit 6
              0 s           10 s            20 s            30 s            40 s            50 s         1:00
       awake           ▄▇▇▄  ▁▇▇▇   ▇▇▇▄  ▄▇▇                                                                 13 % of time
      ── 1 overview  2 reclaim  3 lists  4 tasks  5 files  6 events [7 what if]───────────────────────────────────────────────
       from 20.00 s on: write web/memory.high_wmark_in_bytes 62M
       BETTER: tasks waited 12 ms instead of 51 ms (76 % less); but 3,584 limit failures instead of none
                                        was     what if
       limit failures                     0       3,584   3,584 more: worse
       time stalled                   51 ms       12 ms   39 ms less (76 %): better
       refaults                       1,204       1,204   the same
       peak usage                     56.3M         64M   7.70M more (14 %)



       ? help  q quit  ↑↓ select  Tab next tab  x drop what if  ←→ move in time  G to the present  : command  +- zoom
      "
    `);
  });

  it('while a mark is edited: what the kernel would say to it', () => {
    const mode: Mode = {
      kind: 'edit',
      file: 'memory.high_wmark_in_bytes',
      line: { text: '80M', cursor: 3 },
    };
    expect(shown('80x24', { mode }).slice(-2)).toEqual([
      ' memory.high_wmark_in_bytes (now 56M) = 80M▏',
      ' !! 80M is above limit_in_bytes (64M): raise the limit first',
    ]);
  });

  it('says that the terminal is too small, and how large it has to be', () => {
    expect(shown('38x12')).toEqual(['terminal too small: 39x12, needs 40x12']);
    expect(shown('12x5')).toEqual(['terminal too', 'small: 13x5,', 'needs 40x12']);
  });

  it('without any cgroup but the root', () => {
    const snapshot = { ...VIEW.snapshot, cgroups: [cgroup('/')] };
    const lines = shown('80x24', { selected: '/' }, { snapshot, curve: { ...VIEW.curve, stretches: [] } });
    expect(lines.filter((line) => line.startsWith('▶'))).toHaveLength(1);
  });

  it('counts a selected cgroup that is gone as the root', () => {
    expect(shown('80x24', { selected: '/gone' }).some((line) => line.startsWith(' /  CALM'))).toBe(true);
  });
});

describe('colours', () => {
  it('say nothing that is not said without them', () => {
    const uncoloured = (level: ColorLevel): string[] =>
      shown('120x40', { selected: '/batch' }, {}, makeTheme(level, 'braille')).map((line) =>
        stripVTControlCharacters(line).trimEnd(),
      );
    const plain = shown('120x40', { selected: '/batch' }).map((line) => line.replace(/\[(\d \w+)\]/, ' $1 '));
    for (const level of [1, 2, 3] as const) expect(uncoloured(level)).toEqual(plain);
  });

  it('are those that the terminal has', () => {
    const at = (level: ColorLevel): string =>
      shown('120x40', { selected: '/web' }, {}, makeTheme(level, 'braille')).join('');
    expect(at(0)).not.toContain('\x1b');
    expect(at(1)).not.toContain('\x1b[38;5;');
    expect(at(2)).toContain('\x1b[38;5;');
  });
});

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom('日本語グループ', 'ö'.repeat(127), 'a'.repeat(255), '\x1b[2J\u202e', '👩‍👩‍👧', '\udc80'),
);
const path = fc
  .array(name, { minLength: 1, maxLength: 6 })
  .map((names) => `/${names.join('/').replace(/\/+/g, '/')}`);
const mode: fc.Arbitrary<Mode> = fc.oneof(
  fc.constantFrom<Mode>(
    { kind: 'browse' },
    { kind: 'help', scroll: 0 },
    { kind: 'help', scroll: 1e9 },
    { kind: 'confirm', question: 'fork here?', detail: 'from 20 s on' },
  ),
  name.map((text): Mode => ({ kind: 'answer', title: text, text: `${text}\n${text}`, scroll: 0 })),
  name.map((text): Mode => ({ kind: 'filter', line: { text, cursor: text.length } })),
  name.map((text): Mode => ({ kind: 'edit', file: 'memory.limit_in_bytes', line: { text, cursor: 0 } })),
  name.map(
    (text): Mode => ({
      kind: 'command',
      line: { text: text.repeat(9), cursor: text.length },
      candidates: [text, 'write'],
      chosen: 1,
    }),
  ),
);

describe('whatever is on it', () => {
  it('the screen is as high as there is room, no row too wide, and nothing moves the cursor', () => {
    fc.assert(
      fc.property(
        fc.record({
          columns: fc.integer({ min: 39, max: 200 }),
          rows: fc.integer({ min: 11, max: 69 }),
          paths: fc.array(path, { maxLength: 30 }),
          usage: fc.nat(2 ** 30),
          limit: fc.oneof(fc.nat(2 ** 30), fc.constant(2 ** 30)),
          tab: fc.constantFrom(...TABS),
          only: fc.constantFrom(null, 'tree', 'graph', 'tab'),
          column: fc.constantFrom(...COLUMN_NAMES),
          filter: fc.constantFrom('', 'a', 'nothing at all'),
          charset: fc.constantFrom<Charset[]>('braille', 'blocks', 'ascii'),
          standing: fc.constantFrom('present', 'past', 'what if'),
          span: fc.constantFrom(null, seconds(1e-3), seconds(60), seconds(86_400)),
          scroll: fc.constantFrom(0, 3, 1e9),
          mode,
          reason: name,
        }),
        ({ columns, rows, paths, usage, limit, column, charset, standing, reason, ...ui }) => {
          const amounts = { usage: pages(usage), max: pages(2 ** 30), limit: pages(limit) };
          const health = { word: 'thrashing', reason, advice: reason } as const;
          const given = paths.map((each) => cgroup(each, { ...BATCH, usage: amounts, health }));
          const cgroups = [cgroup('/'), ...new Map(given.map((each) => [each.path, each])).values()];
          const view = {
            ...VIEW,
            name: reason,
            clock: { ...CLOCK, standing },
            snapshot: { ...VIEW.snapshot, cgroups },
            fork: standing === 'what if' ? WHAT_IF : null,
            notices: [reason],
          } as const;
          const lines = drawn(
            <Screen
              view={view}
              ui={{ ...UI, ...ui, selected: paths[0] ?? '/', sort: { column, descending: true } }}
              size={{ columns, rows }}
              theme={makeTheme(0, charset)}
            />,
            columns,
          );
          expect(lines).toHaveLength(rows);
          for (const line of lines) {
            expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('in an ASCII terminal with ASCII names there is nothing but ASCII', () => {
    for (const tab of TABS) {
      const lines = shown('100x40', { tab }, { fork: WHAT_IF }, makeTheme(0, 'ascii')).join('');
      expect(lines).toMatch(/^[ -~]*$/);
    }
    const help = shown('100x60', { mode: { kind: 'help', scroll: 0 } }, {}, makeTheme(0, 'ascii')).join('');
    expect(help).toMatch(/^[ -~]*$/);
  });
});

describe('parts', () => {
  it('stand still while figures and words change', () => {
    const place = (health: Partial<typeof WEB.health>): number[] => {
      const cgroups = [
        cgroup('/'),
        { ...WEB, usage: { ...WEB.usage, usage: mib(1) }, health: { ...WEB.health, ...health } },
      ];
      const lines = shown('80x24', {}, { snapshot: { ...VIEW.snapshot, cgroups } });
      return ['┤', '└', '──['].map((sign) => lines.findIndex((line) => line.includes(sign)));
    };
    expect(place({ word: 'stalling', reason: 'why '.repeat(60), advice: 'write x 1' })).toEqual(
      place({ word: 'calm', reason: '' }),
    );
  });

  it.each(['tree', 'graph', 'tab'] as const)('%s alone has the room of all', (only) => {
    const lines = shown('80x24', { only });
    expect(lines.some((line) => line.startsWith('▶'))).toBe(only === 'tree');
    expect(lines.some((line) => line.includes('└┬'))).toBe(only === 'graph');
    expect(lines.some((line) => line.includes('[1 overview]'))).toBe(only === 'tab');
  });

  it.each(['80x24', '120x40', '40x24'])(
    'say what went wrong whole, at %s, until it has been read',
    (size) => {
      const wrong =
        'marks.memcg:12: write web/memory.high_wmark_in_bytes: EINVAL: Invalid argument: 80M is above limit_in_bytes';
      const words = (ui: Partial<UiState>): string =>
        shown(size, ui, { notices: ['something else', wrong] })
          .slice(-5)
          .join(' ')
          .replace(/\s+/g, ' ');
      expect(words({ heard: 1 })).toContain(wrong);
      expect(words({ heard: 2 })).not.toContain('marks.memcg');
    },
  );

  it('offer nothing that has no effect after the end of a script', () => {
    const keys = (ended: string | null) =>
      shown('200x40', {}, { clock: { ...CLOCK, paused: true, ended } }).at(-1) ?? '';
    expect(keys(null)).toContain('space go on');
    expect(keys('the script has ended')).not.toMatch(/space|\[ \]/);
  });

  it('scroll no further than there are rows', () => {
    const props = {
      view: VIEW,
      ui: { ...UI, tab: 'files' as const, file: '' },
      size: { columns: 80, rows: 23 },
    };
    const { most, page } = scrollBounds(props);
    const at = (scroll: number): string[] =>
      drawn(<Screen {...props} ui={{ ...props.ui, scroll }} theme={PLAIN} />, 80);
    expect(page).toBe(4);
    expect(at(most)).toEqual(at(most + 100));
    expect(at(most)).not.toEqual(at(most - 1));
  });
});
