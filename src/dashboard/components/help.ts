import { allRows, type Scrolled } from '../draw/scrolled.ts';
import { type Row, type Span, spansWidth } from '../draw/spans.ts';
import { wrap } from '../draw/text.ts';

const STORY =
  "Background reclaim: a charge that leaves usage above start (high) wakes the cgroup's reclaimer, which " +
  'frees pages until usage is at or below stop (low). Where it comes too late, usage meets the limit and tasks stall.';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'select a cgroup (also k j, Home, End)'],
  ['Tab 1-7', 'tabs; PgUp PgDn scroll'],
  ['f F', 'fold one, fold all'],
  ['< > S', 'sort by another column, reverse'],
  ['/', 'filter by path'],
  ['+ - 0', 'time span of the graph; 0 all'],
  ['z', 'enlarge graph, tree, tab'],
  ['a !', 'do what try says; next group not well'],
  ['e', 'edit a control file (J K choose it)'],
  [':', 'any command: write, spawn, run ...'],
  ['space', 'pause, go on; in the past: play it'],
  ['. [ ] n', 'step; slower, faster; to the next event'],
  ['m', 'the mouse: to mark text with, or mine'],
  ['← → T t', 'back and forth in time, T t further'],
  ['g G', 'to the beginning, to the present'],
  ['e when back', 'what if? both futures are drawn'],
  ['x', 'drop the what-if'],
  ['q', 'quit; the session goes on'],
];

const SIGNS: readonly (readonly [string, string])[] = [
  ['CALM', 'nothing to do'],
  ['BACKGROUND ONLY', 'a reclaimer works ahead, no task waits'],
  ['! STALLING', 'tasks wait at the limit, and reclaim'],
  ['! THRASHING', 'freed pages are read again at once'],
  ['! SPINNING', 'CPU is burnt: stop cannot be reached'],
  ['! OUT OF MEMORY', 'tasks were killed'],
  ['bg/s direct/s', 'freed: by the reclaimer, by tasks'],
  ['┊ ╎ │', 'bar: stop, start, limit'],
  ['┈ ╌ ─', 'the same in the graph'],
  ['× ! K', 'limit failure, stall, OOM kill: on the axis'],
  ['▁▄█', 'below it: how long the reclaimer worked'],
  ['┅', 'the curve of the what-if'],
];

const TITLES = { keys: 'Keys', signs: 'What the words and signs mean' };
const GAP = 3;

/** Keys and signs; beside each other where there is room. */
export function help(columns: number): Scrolled {
  const story = wrap(STORY, columns - 2).map((line): Row => [' ', [line, 'label']]);
  const keys = block(TITLES.keys, KEYS);
  const signs = block(TITLES.signs, SIGNS);
  const left = Math.max(...keys.map(spansWidth)) + GAP;
  if (left + Math.max(...signs.map(spansWidth)) > columns) {
    return allRows([...story, [], ...keys, [], ...signs]);
  }
  const beside = Array.from({ length: Math.max(keys.length, signs.length) }, (_, i): Row => {
    const [key, sign] = [keys[i] ?? [], signs[i] ?? []];
    return [...key, ' '.repeat(left - spansWidth(key)), ...sign];
  });
  return allRows([...story, [], ...beside]);
}

function block(title: string, entries: readonly (readonly [string, string])[]): Span[][] {
  const label = Math.max(...entries.map(([name]) => name.length));
  return [
    [' ', [title, 'title']],
    ...entries.map(([name, what]): Span[] => [' ', [name.padEnd(label), 'title'], `  ${what}`]),
  ];
}
