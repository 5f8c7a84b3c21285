import { describe, expect, test } from 'vitest';
import { type AppState, INITIAL_STATE, type Wish } from '../../../src/dashboard/app/app-state.ts';
import { aroundOf } from '../../../src/dashboard/app/around.ts';
import { BINDINGS } from '../../../src/dashboard/app/bindings.ts';
import { press } from '../../../src/dashboard/app/press.ts';
import type { UiState } from '../../../src/dashboard/ui-state.ts';
import { pages } from '../../../src/kernel/units.ts';
import { seconds } from '../components/views.ts';
import { FakeStage } from './fake-stage.ts';

const SIZE = { columns: 120, rows: 40 };

interface Pressed {
  readonly state: AppState;
  readonly wishes: readonly Wish[];
}

/** What these keys make of the state; each is a name, or a text that is typed. */
function pressed(keys: readonly string[], stage = new FakeStage(), from: AppState = INITIAL_STATE): Pressed {
  let state = from;
  const wishes: Wish[] = [];
  for (const key of keys.flatMap((each) => (NAMES.has(each) ? [each] : [...each]))) {
    const step = press(state, key, aroundOf(stage, state.ui, SIZE));
    state = step.state;
    if (step.wish !== null) wishes.push(step.wish);
  }
  return { state, wishes };
}
const NAMES = new Set([
  ...BINDINGS.flatMap(({ keys }) => keys),
  ...['backspace', 'ctrl-u', 'ctrl-w', 'ctrl-a', 'ctrl-e', 'ctrl-k', 'ctrl-d'],
]);

const ui = (keys: readonly string[], stage?: FakeStage): UiState => pressed(keys, stage).state.ui;
const wishes = (keys: readonly string[], stage?: FakeStage): readonly Wish[] => pressed(keys, stage).wishes;

describe('keys while one looks', () => {
  test('no key means two things', () => {
    const keys = BINDINGS.flatMap((each) => each.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each<[string, string[], Partial<UiState>]>([
    ['down selects the next row', ['down', 'down'], { selected: '/web' }],
    ['and stops at the last', ['end', 'j'], { selected: '/web/db' }],
    ['up goes back', ['end', 'k', 'up'], { selected: '/batch' }],
    ['Home is the root', ['end', 'home'], { selected: '/' }],
    ['f folds what has children', ['j', 'j', 'f'], { folded: new Set(['/web']) }],
    ['and unfolds it', ['j', 'j', 'f', 'return'], { folded: new Set() }],
    ['f folds nothing that has none', ['j', 'f'], { folded: new Set() }],
    ['F folds every parent but the root', ['F'], { folded: new Set(['/web']) }],
    ['F again unfolds all', ['F', 'F'], { folded: new Set() }],
    ['> sorts by the next column, the most first', ['>'], { sort: { column: 'health', descending: true } }],
    ['< by the one before', ['>', '<'], { sort: { column: 'name', descending: false } }],
    ['< before the first is the last', ['<'], { sort: { column: 'OOM', descending: true } }],
    ['S turns the order', ['S'], { sort: { column: 'name', descending: true } }],
    ['Tab shows the next tab', ['tab'], { tab: 'reclaim' }],
    ['Shift-Tab the one before, what-if only with a fork', ['shift-tab'], { tab: 'events' }],
    ['a digit shows a tab', ['5'], { tab: 'files' }],
    ['7 shows none where there is no fork', ['7'], { tab: 'overview' }],
    ['+ shows less time', ['+'], { span: seconds(20) }],
    ['- more', ['+', '+', '-'], { span: seconds(20) }],
    ['and at last all', ['+', '-'], { span: null }],
    ['0 shows all', ['+', '+', '0'], { span: null }],
    ['z enlarges one part after the other', ['z', 'z'], { only: 'tree' }],
    ['Escape ends that', ['z', 'escape'], { only: null }],
    ['? helps', ['?'], { mode: { kind: 'help', scroll: 0 } }],
    ['and Escape ends it', ['?', 'escape'], { mode: { kind: 'browse' } }],
    ['J chooses the next control file', ['J'], { file: 'memory.failcnt' }],
    ['an unknown key does nothing', ['€'], {}],
  ])('%s', (_, keys, changed) => {
    expect(ui(keys)).toMatchObject(changed);
  });

  test.each<[string, string[], Wish[]]>([
    ['q quits', ['q'], [{ do: 'quit' }]],
    ['^C interrupts', ['ctrl-c'], [{ do: 'interrupt' }]],
    ['^Z suspends', ['ctrl-z'], [{ do: 'suspend' }]],
    ['^L draws all again', ['ctrl-l'], [{ do: 'redraw' }]],
    ['] is faster', [']'], [{ do: 'speed', speed: 2 }]],
    ['[ is slower', ['['], [{ do: 'speed', speed: 0.5 }]],
    ['space goes on', [' '], [{ do: 'resume' }]],
    ['left goes one column back', ['left'], [{ do: 'go', time: seconds(48 - 60 / 190) }]],
    ['g goes to the beginning', ['g'], [{ do: 'go', time: seconds(0) }]],
    ['right stays in the present', ['right'], []],
    ['n goes to the next event', ['n'], [{ do: 'next event' }]],
    ['m gives the mouse away', ['m'], [{ do: 'mouse' }]],
    ['x drops no fork that is not there', ['x'], []],
  ])('%s', (_, keys, expected) => {
    expect(wishes(keys)).toEqual(expected);
  });

  test('a step is as much time as a column of dots shows, so that zooming makes it finer', () => {
    const [wide] = wishes(['.']);
    const [fine] = wishes(['+', '+', '+', '.']);
    expect(wide).toEqual({ do: 'step', time: Math.round(60e9 / 190) });
    expect(fine).toEqual({ do: 'step', time: Math.round(5e9 / 190) });
  });

  test('space pauses what goes on', () => {
    expect(wishes([' '], new FakeStage({ paused: false }))).toEqual([{ do: 'pause' }]);
  });

  test('keys that come faster than the past can be worked out go on from where one will be', () => {
    const column = 60e9 / 190;
    const back = wishes(['left', 'left', 'T']).map((wish) => (wish.do === 'go' ? 48e9 - wish.time : 0));
    expect(back.map((time) => Math.round(time / column))).toEqual([1, 2, 12]);
  });

  test('forward from the past ends in the present', () => {
    const stage = new FakeStage({ standing: 'past', time: seconds(47.9) });
    expect(wishes(['right'], stage)).toEqual([{ do: 'present' }]);
  });

  test.each([
    ['plays it', true, 'resume'],
    ['stops that', false, 'pause'],
  ] as const)('in the past space %s', (_, paused, wish) => {
    const past = new FakeStage({ standing: 'past', time: seconds(3), ended: 'the script has ended', paused });
    expect(wishes([' '], past)).toEqual([{ do: wish }]);
  });

  test('in the past . goes one column forward', () => {
    const stage = new FakeStage({ standing: 'past', time: seconds(3) });
    expect(wishes(['.'], stage)).toEqual(wishes(['right'], stage));
  });
});

describe('the filter', () => {
  test('filters as one types, and Enter keeps it', () => {
    expect(ui(['/', 'web'])).toMatchObject({ filter: 'web', mode: { kind: 'filter' } });
    expect(ui(['/', 'web', 'return'])).toMatchObject({ filter: 'web', mode: { kind: 'browse' } });
  });

  test.each([[['escape']], [['backspace', 'backspace', 'backspace', 'backspace']]])(
    '%j shows all again',
    (keys) => {
      expect(ui(['/', 'web', ...keys])).toMatchObject({ filter: '', mode: { kind: 'browse' } });
    },
  );

  test('can be changed later, and ended by Escape', () => {
    expect(ui(['/', 'web', 'return', '/', '/db', 'return'])).toMatchObject({ filter: 'web/db' });
    expect(ui(['/', 'web', 'return', 'escape'])).toMatchObject({ filter: '' });
  });
});

describe('Page Up and Page Down', () => {
  const stage = new FakeStage();
  stage.events = Array.from({ length: 100 }, (_, i) => ({
    ...{ type: 'wake', time: seconds(i), cgroup: '/web', pid: 1, usage: pages(1) },
  }));

  test('go back among events from the newest, and forth again', () => {
    const { scroll: page } = ui(['6', 'pageup'], stage);
    expect(page).toBeGreaterThan(0);
    expect(ui(['6', 'pageup', 'pageup', 'pagedown'], stage).scroll).toBe(page);
    expect(ui(['6', 'pagedown'], stage).scroll).toBe(0);
  });

  test('go down what is read from its beginning', () => {
    expect(ui(['5', 'pagedown']).scroll).toBeGreaterThan(0);
    expect(ui(['5', 'pageup']).scroll).toBe(0);
  });
});

describe('Escape', () => {
  test('takes away what was said, then what the stage had to say', () => {
    const stage = new FakeStage();
    stage.notices = ['the server is gone', 'the server is back'];
    const { state } = pressed([' ', 'escape'], new FakeStage({ ended: 'the script has ended' }));
    expect(state.ui).toMatchObject({ message: null, heard: 0 });
    expect(pressed(['escape'], stage).state.ui.heard).toBe(2);
  });
});

describe('the : prompt', () => {
  const line = (keys: readonly string[], stage?: FakeStage) => {
    const { mode } = ui([':', ...keys], stage);
    return mode.kind === 'command'
      ? `${mode.line.text.slice(0, mode.line.cursor)}|${mode.line.text.slice(mode.line.cursor)}`
      : mode.kind;
  };

  test.each([
    ['takes what is typed', ['cat x'], 'cat x|'],
    ['moves by character', ['ab', 'left', 'c'], 'ac|b'],
    ['deletes before the cursor', ['abc', 'left', 'backspace'], 'a|c'],
    ['deletes a character of several code points at once', ['a👍🏽', 'backspace'], 'a|'],
    ['deletes a word', ['cat web/x  ', 'ctrl-w'], 'cat |'],
    ['deletes to either end', ['abc', 'left', 'ctrl-k', 'ctrl-a', 'x'], 'x|ab'],
    ['is emptied', ['abc', 'ctrl-u'], '|'],
    ['closes on Escape', ['abc', 'escape'], 'browse'],
    ['closes when there is nothing left to delete', ['a', 'backspace', 'backspace'], 'browse'],
  ])('%s', (_, keys, expected) => {
    expect(line(keys)).toBe(expected);
  });

  test('sends the line, and forgets it not', () => {
    const { state, wishes: sent } = pressed([':', 'mkdir a', 'return', ':', 'mkdir b', 'return', ':']);
    expect(sent).toEqual(['mkdir a', 'mkdir b'].map((each) => ({ do: 'execute', line: each, edits: null })));
    const up = pressed(['up', 'up'], undefined, state).state.ui.mode;
    expect(up).toMatchObject({ line: { text: 'mkdir a', cursor: 7 } });
  });

  test('keeps what was begun while one looks at earlier lines', () => {
    expect(line(['mkdir a', 'return', ':', 'new', 'up', 'down'])).toBe('new|');
  });

  test('sends nothing when nothing was typed, and q quits as in vi', () => {
    expect(wishes([':', 'return'])).toEqual([]);
    expect(wishes([':', 'q', 'return'])).toEqual([{ do: 'quit' }]);
  });

  test('asks for what the word can become', () => {
    expect(wishes([':', 'cat we', 'tab'])).toEqual([{ do: 'complete', line: 'cat we' }]);
  });
});

describe('e', () => {
  test('edits the chosen control file, and writes what is typed', () => {
    const { state, wishes: sent } = pressed(['j', 'e', '56M', 'return']);
    expect(state.ui.mode).toMatchObject({ kind: 'edit', file: 'memory.high_wmark_in_bytes' });
    expect(sent).toEqual([
      {
        do: 'execute',
        line: 'write batch/high_wmark_in_bytes 56M',
        edits: '/batch/memory.high_wmark_in_bytes',
      },
    ]);
  });

  test('takes another file with up and down, only such as can be written', () => {
    expect(ui(['e', 'down', 'down', 'down', 'down'])).toMatchObject({ file: 'notify_on_release' });
  });

  test('takes what the file holds with Tab', () => {
    expect(ui(['e', 'tab']).mode).toMatchObject({ line: { text: '58720256' } });
  });

  test('quotes what the language would split', () => {
    expect(wishes(['e', 'a b', 'return'])).toMatchObject([{ line: "write high_wmark_in_bytes 'a b'" }]);
  });

  test('asks in the past whether to fork, and forks on y alone', () => {
    const past = new FakeStage({ standing: 'past', time: seconds(3) });
    const keys = ['e', '56M', 'return'];
    expect(ui(keys, past).mode).toMatchObject({ kind: 'confirm', detail: 'write high_wmark_in_bytes 56M' });
    expect(wishes([...keys, 'n'], past)).toEqual([]);
    expect(wishes([...keys, 'return'], past)).toEqual([]);
    expect(wishes([...keys, 'y'], past)).toMatchObject([
      { do: 'what if', line: 'write high_wmark_in_bytes 56M', edits: '/memory.high_wmark_in_bytes' },
    ]);
  });

  test.each([
    'cat limit_in_bytes',
    'ls',
    'ps',
    'expect failcnt == 0',
    'fails ENOENT cat x',
    'print hello',
    'craft x',
  ])('asks nothing for a line that changes nothing: %s', (line) => {
    const past = new FakeStage({ standing: 'past', time: seconds(3) });
    expect(wishes([':', line, 'return'], past)).toEqual([{ do: 'execute', line, edits: null }]);
  });

  test('asks no more once there is a fork to do it in', () => {
    const stage = new FakeStage({ standing: 'what if' });
    expect(wishes([':', 'mkdir a', 'return'], stage)).toMatchObject([{ do: 'execute' }]);
  });
});

describe('what is advised', () => {
  const BATCH_SAYS = 'set batch low_wmark_in_bytes=48M high_wmark_in_bytes=56M';

  test('is done by a, after a question, on y', () => {
    const { mode } = ui(['j', 'a']);
    expect(mode).toMatchObject({ kind: 'confirm', question: 'Do this?', detail: BATCH_SAYS });
    expect(wishes(['j', 'a', 'y'])).toEqual([{ do: 'execute', line: BATCH_SAYS, edits: null }]);
    expect(wishes(['j', 'a', 'n'])).toEqual([]);
  });

  test('is another future in the past', () => {
    const past = new FakeStage({ standing: 'past', time: seconds(3) });
    expect(wishes(['j', 'a', 'y'], past)).toEqual([{ do: 'what if', line: BATCH_SAYS, edits: null }]);
  });

  test('is nothing where all is well', () => {
    expect(ui(['a']).message?.text).toBe('nothing is advised here');
  });

  test('a key that answers nothing does what it does', () => {
    expect(ui(['j', 'a', 'up'])).toMatchObject({ selected: '/', mode: { kind: 'browse' } });
  });
});

describe('!', () => {
  test('selects the next cgroup that does not fare well, and says so where there is none', () => {
    expect(ui(['!'])).toMatchObject({ selected: '/batch' });
    expect(ui(['/', 'db', 'return', '!']).message?.text).toBe('all that is shown here is well');
  });
});
