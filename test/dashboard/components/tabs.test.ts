import { createElement } from 'react';
import { describe, expect, it } from 'vitest';
import { Rows } from '../../../src/dashboard/components/rows.ts';
import { contentOf } from '../../../src/dashboard/components/tab.tsx';
import type { UiState } from '../../../src/dashboard/ui-state.ts';
import type { View } from '../../../src/dashboard/view.ts';
import { drawn } from './drawn.ts';
import { UI, VIEW, WHAT_IF } from './views.ts';

const content = (ui: Partial<UiState>, columns: number, rows = 40, view: Partial<View> = {}): string => {
  const scrolled = contentOf({ ...VIEW, ...view }, { ...UI, ...ui }, columns, rows);
  const all = Array.from({ length: scrolled.count }, (_, i) => scrolled.row(i));
  return `\n${drawn(createElement(Rows, { rows: all, columns }), columns).join('\n')}\n`;
};

describe('overview', () => {
  it('says usage and marks in words, what goes on and what it costs', () => {
    expect(content({}, 120)).toMatchInlineSnapshot(`
      "
       usage     54.1M, 85 % of the limit, peak 56.3M              reclaimer   reclaiming  woken 12 times
       limit     64M  limit_in_bytes                               background  100M/s  for 2.6 % of a CPU
       start at  56M  high_wmark_in_bytes, 8M below the limit      direct      0/s  by the tasks themselves
       stop at   48M  low_wmark_in_bytes, 8M less                  stalls      never
       state     BELOW_HIGH  between stop and start                limit met   never  failcnt
       holds     page cache 50.1M, anonymous 4M                    refaults    310/s, 1,204 so far, 99.8M/s charged
                                                                   tasks       1
      "
    `);
    expect(content({ selected: '/batch' }, 80)).toMatchInlineSnapshot(`
      "
       usage     64M, 100 % of the limit       reclaimer   none
       limit     64M  limit_in_bytes           background  0/s
       start at  not set  high_wmark_in_bytes  direct      96.9M/s  by the tasks
       stop at   not set  low_wmark_in_bytes   stalls      775/s, p99 17.8 us
       state     BELOW_LOW  no marks are set   limit met   775/s, 3,584 so far
       holds     page cache 64M, anonymous 0   refaults    never, 96.8M/s charged
                                               tasks       2, waited 51 ms so far

       why: 775 stalls/s, p99 17.8 us: usage meets the limit and no reclaimer works
       ahead of it
       try: set batch low_wmark_in_bytes=48M high_wmark_in_bytes=56M
      "
    `);
    expect(content({}, 40)).toMatchInlineSnapshot(`
      "
       usage       54.1M, 85 % of the limit
       limit       64M  limit_in_bytes
       start at    56M  high_wmark_in_bytes
       stop at     48M  low_wmark_in_bytes
       state       BELOW_HIGH
       holds       page cache 50.1M, anonymou…
       reclaimer   reclaiming  woken 12 times
       background  100M/s  for 2.6 % of a CPU
       direct      0/s  by the tasks
       stalls      never
       limit met   never  failcnt
       refaults    310/s, 1,204 so far
       tasks       1

       why: the reclaimer frees 100M/s for
       2.6 % of a CPU, and no task waits
      "
    `);
  });

  it('says in full what the verdict had no room for', () => {
    expect(content({ selected: '/batch' }, 60)).toContain('why: 775 stalls/s');
    expect(content({ selected: '/batch' }, 160)).not.toContain('why:');
  });

  it('of a group without marks says that nothing wakes a reclaimer', () => {
    expect(content({ selected: '/' }, 120)).toContain('high_wmark_in_bytes makes one');
  });
});

describe('reclaim', () => {
  it('sets background and direct reclaim next to each other', () => {
    expect(content({ tab: 'reclaim' }, 120)).toMatchInlineSnapshot(`
      "
                            background        direct
       passes                    3,672             0   each wants 32 pages
       pages scanned           118,204             0
       pages freed             117,504             0
       freed of scanned           99 %             -   nearly all it looks at can be freed
       lowest priority              12            12   12: looks at a bit of the lists, 0: at all of them
       time                    66.5 ms           0 s   CPU of the reclaimer; tasks stalled
       of one CPU now            2.6 %           0 %   over the last second
       reclaimer        reclaiming, woken 12 times
       pages            1,204 read again after they were freed
      "
    `);
    expect(content({ tab: 'reclaim', selected: '/batch' }, 60)).toMatchInlineSnapshot(`
      "
                            background        direct
       passes                        0         3,584
       pages scanned                 0       114,688
       pages freed                   0       114,688
       freed of scanned              -         100 %
       lowest priority               -             -
       time                        0 s         51 ms
       of one CPU now              0 %         1.1 %
       reclaimer        none
      "
    `);
  });
});

describe('lists', () => {
  it('show each list from young to old: what is referenced, dirty, anonymous', () => {
    expect(content({ tab: 'lists' }, 100)).toMatchInlineSnapshot(`
      "
       active       8M, 2,048 pages, 1,056 referenced, 0 dirty, 256 anonymous
         referenced ████████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░
         dirty      ································································
         anonymous  ████████························································
       inactive     46.1M, 11,801 pages, 260 referenced, 900 dirty, 0 anonymous
         referenced ···················································░░░░░░░░░░░░░
         dirty      ·····················▓▓▓▓▓▓▓▓▓··································
         anonymous  ································································
       young left, old right; · none ░ some ▒ half ▓ most █ all
      "
    `);
  });

  it('with little room show only what is referenced', () => {
    expect(content({ tab: 'lists' }, 60, 4)).toMatchInlineSnapshot(`
      "
       active           8M ██████████▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒░░░░░░░░░
       inactive      46.1M ······························░░░░░░░░
       young left, old right; referenced · none ░ some ▒ half ▓ m…
      "
    `);
  });

  it('of a group without pages say so', () => {
    expect(content({ tab: 'lists' }, 60, 4, { details: { lists: [] } })).toBe(
      '\n no pages on any list: nothing is charged here\n',
    );
  });
});

describe('tasks', () => {
  it('are listed with their state in words, the reclaimer among them', () => {
    expect(content({ tab: 'tasks' }, 120)).toMatchInlineSnapshot(`
      "
       name          state           CPU    stalled  nice     anon   mapped       pid  does
       reader        running      1.23 s          -     0       4M        0   4194305  stream
       hog           waiting      1.23 s      51 ms     0      12M        0   4194306  alloc
       memcontd      asleep      66.5 ms          -     0        0        0   4194304  background reclaim
       victim        killed       1.23 s          -     0        0        0   4194303  -
      "
    `);
    expect(content({ tab: 'tasks' }, 40)).toMatchInlineSnapshot(`
      "
       name          state           CPU
       reader        running      1.23 s
       hog           waiting      1.23 s
       memcontd      asleep      66.5 ms
       victim        killed       1.23 s
      "
    `);
  });
});

describe('files', () => {
  it('show every text, sizes also as people read them, and what the selected one is for', () => {
    expect(content({ tab: 'files' }, 100)).toMatchInlineSnapshot(`
      "
        memory.stat                   cache              52533248             50.1M
                                      rss                4194304              4M
                                      pgpgin             131072
                                      pgpgout            117223
                                      active             8388608              8M
                                      inactive           48340992             46.1M
        memory.force_empty            (can only be written)
        memory.low_wmark_in_bytes     50331648             48M
      ▶ memory.high_wmark_in_bytes    58720256             56M
          a charge that leaves the usage above this wakes the background reclaimer ("start at"); e edits
          it
        memory.failcnt                0
        memory.limit_in_bytes         67108864             64M
        memory.max_usage_in_bytes     59034828             56.3M
        memory.usage_in_bytes         56727961             54.1M
        notify_on_release             0
        tasks                         4194305
      "
    `);
  });

  it.each([
    ['9223372036854775807\n', 'unset'],
    ['18446744073709551615\n', '16,777,216.0T'],
    ['4096\n', '4K'],
    ['100\n', '100'],
  ])('a limit of %j reads %s', (text, said) => {
    const files = [{ name: 'memory.limit_in_bytes', text, writable: true }];
    expect(content({ tab: 'files' }, 100, 9, { details: { files } }).trimEnd().endsWith(said)).toBe(true);
  });

  it('show control characters as text', () => {
    const files = [{ name: 'release_agent', text: '\x1b[31m\r\n', writable: true }];
    expect(content({ tab: 'files' }, 100, 9, { details: { files } })).toContain('\\x1B[31m\\x0D');
  });
});

describe('events', () => {
  it('are told in plain words, passes and stalls together', () => {
    expect(content({ tab: 'events' }, 120)).toMatchInlineSnapshot(`
      "
            0.500 s  a reclaimer was made (pid 4194304), by a write of the start mark or of reclaimd
            4.600 s  tasks met the limit once, stalled for 17.8 us in all, freed 64 pages themselves
            6.100 s  the reclaimer woke up: usage 56.1M rose above the start mark
            6.100 s  the reclaimer freed 2,048 pages of 2,304 looked at, 64 passes in 6.3 ms
            6.200 s  the reclaimer fell asleep: usage 48M is down to the stop mark
           20.000 s  warning: memory.low_wmark_in_bytes (32M) can't be reached (possible: 40M)
           30.000 s  killed victim (pid 4194303): out of memory, nothing could be freed
           40.000 s  killed vic\\x1B[2Jtim (pid 4194303): the machine is out of memory, nothing could be freed
      "
    `);
  });

  it('of groups below name them', () => {
    expect(content({ tab: 'events', selected: '/' }, 120)).toContain('web: the reclaimer woke up');
  });

  it('may be none', () => {
    expect(content({ tab: 'events' }, 80, 9, { details: { events: [] } })).toContain('nothing has happened');
  });
});

describe('what if', () => {
  it('compares both futures, better or worse in words', () => {
    expect(content({ tab: 'what if' }, 80, 9, { fork: WHAT_IF })).toMatchInlineSnapshot(`
      "
       from 20.00 s on: write web/memory.high_wmark_in_bytes 62M
       BETTER: tasks waited 12 ms instead of 51 ms (76 % less); but 3,584 limit
       failures instead of none
                                        was     what if
       limit failures                     0       3,584   3,584 more: worse
       time stalled                   51 ms       12 ms   39 ms less (76 %): better
       refaults                       1,204       1,204   the same
       peak usage                     56.3M         64M   7.70M more (14 %)
      "
    `);
    expect(
      content({ tab: 'what if' }, 40, 9, { fork: { ...WHAT_IF, progress: 0.4 } }),
    ).toMatchInlineSnapshot(`
      "
       from 20.00 s on: write web/memory.high…
       SO FAR BETTER: tasks waited 12 ms
       instead of 51 ms (76 % less); but
       3,584 limit failures instead of none
                           was  what if
       limit failures        0    3,584 worse
       time stalled      51 ms    12 ms better
       refaults          1,204    1,204 same
       peak usage        56.3M      64M
      "
    `);
  });
});
