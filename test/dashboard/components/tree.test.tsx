import { describe, expect, it } from 'vitest';
import { Tree } from '../../../src/dashboard/components/tree.tsx';
import { COLUMN_NAMES } from '../../../src/dashboard/draw/columns.ts';
import { treeRows } from '../../../src/dashboard/draw/tree-rows.ts';
import type { CgroupRow } from '../../../src/dashboard/stage/stage.ts';
import type { UiState } from '../../../src/dashboard/ui-state.ts';
import { pages } from '../../../src/kernel/units.ts';
import { drawn } from './drawn.ts';
import { BATCH, cgroup, mib, UI, WEB } from './views.ts';

const GROUPS: readonly CgroupRow[] = [
  cgroup('/'),
  WEB,
  cgroup('/web/db', { usage: { usage: mib(8), max: mib(12), limit: mib(16) } }),
  cgroup('/web/db/index', { usage: { usage: pages(1), low: mib(1) } }),
  BATCH,
];
const lines = (ui: Partial<UiState>, columns = 120, groups = GROUPS, height = 12): string[] => {
  const all = { ...UI, ...ui };
  const rows = treeRows(groups, all);
  const size = { columns, rows: height };
  return drawn(<Tree cgroups={rows} ui={all} memory={mib(1024)} heading {...size} />, columns);
};
const picture = (...args: Parameters<typeof lines>): string => `\n${lines(...args).join('\n')}\n`;
const paths = (ui: Partial<UiState>): string[] =>
  treeRows(GROUPS, { ...UI, ...ui }).map(({ cgroup: { path } }) => path);

describe('the tree', () => {
  it('has a row for each cgroup, with usage beside low, high and limit in one bar', () => {
    expect(picture({})).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          stop┊start╎│      usage  limit state       reclaimer    bg/s direct/s stalls failcnt  OOM
        /            calm                                  0      - BELOW_LOW   none            -        -      -       -    -
        ├─batch      !stalling       ███████████████│    64M    64M BELOW_LOW   none            -    96.9M  3,584   3,584    -
      ▶ └─web        background only ███████████┊█╎ │  54.1M    64M BELOW_HIGH  reclaiming   100M        -      -       -    -
          └─db       calm            ████████       │     8M    16M BELOW_LOW   none            -        -      -       -    -
            └─index  calm            ▌              ┊     4K      - BELOW_LOW   none            -        -      -       -    -






      "
    `);
  });

  it('drops the least important columns as it gets narrower', () => {
    expect(picture({}, 80)).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          stop┊start╎limit│     usage   bg/s stalls failcnt
        /            calm                                      0      -      -       -
        ├─batch      !stalling       ███████████████████│    64M      -  3,584   3,584
      ▶ └─web        background only ██████████████┊██╎ │  54.1M   100M      -       -
          └─db       calm            ██████████         │     8M      -      -       -
            └─index  calm            ▌                  ┊     4K      -      -       -






      "
    `);
    expect(picture({}, 60)).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          ┊ ╎ │     usage   bg/s stalls
        /            calm                          0      -      -
        ├─batch      !stalling       ███████│    64M      -  3,584
      ▶ └─web        background only █████┊╎│  54.1M   100M      -
          └─db       calm            ████   │     8M      -      -
            └─index  calm            ▌      ┊     4K      -      -






      "
    `);
    expect(picture({}, 40)).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          ┊ ╎ │
        /            calm
        ├─batch      !stalling       ████████│
      ▶ └─web        background only ██████┊╎│
          └─db       calm            ████▌   │
            └─index  calm            ▌       ┊






      "
    `);
    expect(picture({}, 200)).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          stop┊start╎limit│         usage  limit   peak state       reclaimer    bg/s direct/s stalls    p99 failcnt refaults  OOM
        /            calm                                          0      -      0 BELOW_LOW   none            -        -      -      -       -        -    -
        ├─batch      !stalling       ███████████████████████│    64M    64M    64M BELOW_LOW   none            -    96.9M  3,584 17.8us   3,584        -    -
      ▶ └─web        background only █████████████████┊██╎  │  54.1M    64M  56.3M BELOW_HIGH  reclaiming   100M        -      -      -       -    1,204    -
          └─db       calm            ████████████           │     8M    16M    12M BELOW_LOW   none            -        -      -      -       -        -    -
            └─index  calm            ▌                      ┊     4K      -      0 BELOW_LOW   none            -        -      -      -       -        -    -






      "
    `);
  });

  it('is a flat list of paths when it is sorted by a figure', () => {
    expect(picture({ sort: { column: 'usage', descending: true } }, 60)).toMatchInlineSnapshot(`
      "
        cgroup       health          ┊ ╎ │   ▼ usage   bg/s stalls
        /batch       !stalling       ███████│    64M      -  3,584
      ▶ /web         background only █████┊╎│  54.1M   100M      -
        /web/db      calm            ████   │     8M      -      -
        …eb/db/index calm            ▌      ┊     4K      -      -
        /            calm                          0      -      -






      "
    `);
    expect(paths({ sort: { column: 'failcnt', descending: true } })[0]).toBe('/batch');
    expect(paths({ sort: { column: 'health', descending: true } })[0]).toBe('/batch');
    expect(paths({ sort: { column: 'name', descending: true } })).toEqual([
      ...['/', '/web', '/web/db', '/web/db/index', '/batch'],
    ]);
  });

  it.each(COLUMN_NAMES)('shows the column that it is sorted by: %s', (column) => {
    expect(lines({ sort: { column, descending: false } }, 60)[0]).toContain(`▲`);
    expect(lines({ sort: { column, descending: true } }, 60)[0]).toMatch(
      new RegExp(`▼ *${column === 'name' ? 'cgroup' : column}`),
    );
  });

  it('folds, and says how much is folded away', () => {
    expect(picture({ folded: new Set(['/web']) }, 60)).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          ┊ ╎ │     usage   bg/s stalls
        /            calm                          0      -      -
        ├─batch      !stalling       ███████│    64M      -  3,584
      ▶ └─▸ web +2   background only █████┊╎│  54.1M   100M      -








      "
    `);
    expect(paths({ folded: new Set(['/']) })).toEqual(['/']);
  });

  it('filters by path, keeps what leads to a hit, and opens what is folded', () => {
    expect(paths({ filter: 'db/i', folded: new Set(['/web']) })).toEqual([
      '/',
      '/web',
      '/web/db',
      '/web/db/index',
    ]);
    expect(paths({ filter: 'db/i', sort: { column: 'usage', descending: true } })).toEqual(['/web/db/index']);
    expect(lines({ filter: 'none', sort: { column: 'usage', descending: true } })[1]).toBe(
      '  no path contains none',
    );
  });

  it('of 500 cgroups makes only the rows in sight, with the selected one among them', () => {
    let texts = 0;
    const many = Array.from({ length: 500 }, (_, i) => ({
      ...cgroup(i === 0 ? '/' : `/g${String(i).padStart(3, '0')}`),
      get failcnt() {
        texts += 1;
        return 7;
      },
    }));
    const seen = lines({ selected: '/g250' }, 120, many, 9);
    expect(seen).toHaveLength(9);
    expect(seen[0]).toContain('cgroup 247-254 of 500');
    expect(seen.findIndex((line) => line.startsWith('▶'))).toBe(5);
    expect(texts).toBeLessThanOrEqual(3 * 8);
  });

  it('goes to its ends', () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      cgroup(i === 0 ? '/' : `/g${String(i).padStart(2, '0')}`),
    );
    expect(lines({ selected: '/' }, 80, many, 6)[1]).toMatch(/^▶ \//);
    expect(lines({ selected: '/g49' }, 80, many, 6)[5]).toMatch(/^▶ └─g49/);
  });

  it('shows names as wide as they are, cut where there is no room, and control characters as text', () => {
    const strange = [
      '/',
      '/日本語の長い名前のグループです',
      `/${'x'.repeat(255)}`,
      '/\x1b[2J\nred',
      '/\u202egnp',
    ];
    expect(
      picture(
        {},
        60,
        strange.map((path) => cgroup(path)),
      ),
    ).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          ┊ ╎ │     usage   bg/s stalls
        /            calm                          0      -      -
        ├─\\x1B[2J\\n… calm                          0      -      -
        ├─xxxxxxxxx… calm                          0      -      -
        ├─\\xE2\\x80\\… calm                          0      -      -
        └─日本語の…  calm                          0      -      -






      "
    `);
  });

  it('holds whatever a machine can count to', () => {
    const huge = cgroup('/huge', {
      usage: { usage: pages(2 ** 30 - 1), max: pages(2 ** 30 - 1), limit: pages(2 ** 30 - 1) },
      failcnt: 2 ** 53,
      stat: {
        stall_count: 123_456_789,
        stall_p99_ns: 9e15,
        oom_kills: 1e9,
        refaults: 5e12,
        bg_state: 'spinning',
      },
      rates: { background: 1e12, direct: 1e15, window: UI.span ?? BATCH.rates.window },
    });
    expect(picture({}, 200, [cgroup('/'), huge])).toMatchInlineSnapshot(`
      "
       ▲cgroup       health          stop┊start╎limit│         usage  limit   peak state       reclaimer    bg/s direct/s stalls    p99 failcnt refaults  OOM
        /            calm                                          0      -      0 BELOW_LOW   none            -        -      -      -       -        -    -
        └─huge       calm            ███████████████████████│  4.00T  4.00T  4.00T BELOW_LOW   spinning   3,725… 3,725,2…   123M    9Ms   9.01P       5T   1G









      "
    `);
  });
});
