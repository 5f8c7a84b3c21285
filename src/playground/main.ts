/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { pageSize } from '../kernel/numbers.ts';
import { isSet, UNSET_PAGES } from '../kernel/units.ts';
import { edited, knobsTyped } from '../report/html/live/edited.ts';
import { type PageChart, unpacked } from '../report/html/packed.ts';
import { Group } from '../report/html/page/group.ts';
import type { WantedMarks } from '../report/html/page/handles.ts';
import { shown } from '../script/paths.ts';
import { quote } from '../script/words.ts';
import { Editor } from './editor.ts';
import type { Lesson } from './lesson.ts';
import type { Play, Played } from './messages.ts';
import { Player } from './player.ts';

/** The playground: a script, what comes of it, and time to go through. */

const data: { readonly lessons: readonly Lesson[]; readonly boots: Play['boots'] } = JSON.parse(
  document.getElementById('data')?.textContent ?? '{}',
);
const worker = new Worker(
  URL.createObjectURL(
    new Blob([document.getElementById('machine')?.textContent ?? ''], { type: 'text/javascript' }),
  ),
);
const PATIENCE = 250;
const at = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
};

const lessons = at('lessons');
let [lesson] = data.lessons;
const editor = new Editor(at('script'), () => soon());
const player = new Player(at('player'), (time) => show(time));
let group: Group | null = null;
let last: Played | null = null;
/** Of its charts, in their order. */
let chronicles: readonly ({ readonly path: string } & ReturnType<typeof unpacked>)[] = [];
let id = 0;
let timer = 0;

function soon(): void {
  clearTimeout(timer);
  timer = window.setTimeout(run, PATIENCE);
}

function run(): void {
  id += 1;
  editor.show([]);
  const play: Play = { id, script: `${lesson.name}.memcg`, text: editor.text, boots: data.boots };
  worker.postMessage(play);
}

worker.onmessage = ({ data: played }: MessageEvent<Played>) => {
  if (played.id !== id) return;
  last = played;
  chronicles = played.content.data.charts.map(({ path, packed }) => ({ path, ...unpacked(packed) }));
  editor.show(played.faults);
  at('faults').textContent = played.faults.map(({ line, text }) => `line ${line}: ${text}`).join('\n');
  const section = at('result').querySelector<HTMLElement>('section');
  if (group === null || section === null) {
    at('result').innerHTML = played.content.markup;
    group = new Group(played.content.data, move);
  } else group.show(section, played.content);
  player.show(played);
};

/** What if: the marks of a chart are those of the script's lines, or of a new one before the first. */
function move({ path }: PageChart, marks: WantedMarks, done: boolean): void {
  if (!done) return;
  const limit = marks.limit ?? UNSET_PAGES;
  const high = marks.high ?? limit;
  const knobs = knobsTyped({ limit, high, low: marks.low ?? high }, last?.options ?? {});
  const { text, left } = edited(editor.text, path, '/default', knobs);
  editor.text =
    left.length < knobs.length || path !== '/default'
      ? text
      : `${quote(['set', shown(path), ...knobs.map(({ file, value }) => `${file}=${value}`)])}\n${text}`;
  run();
}

/** What was so at this time: in the charts, in the tree, and of what had happened. */
function show(time: number): void {
  if (last === null) return;
  group?.zoom.point(time);
  const rows = chronicles.map(({ path, samples, marks, awake }) => {
    const usage = samples.findLast((each) => each.time <= time)?.last;
    const now = marks.findLast((each) => each.time <= time);
    const size = (value: typeof usage | null): string =>
      value != null && isSet(value) ? pageSize(value) : '';
    const isAwake = awake.some(({ from, until }) => from <= time && time <= until);
    return [
      shown(path),
      size(usage),
      size(now?.limit),
      size(now?.high),
      size(now?.low),
      isAwake ? 'awake' : 'asleep',
    ];
  });
  at('tree').replaceChildren(
    ...rows.map(([name, ...cells]) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = name;
      row.append(
        head,
        ...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })),
      );
      return row;
    }),
  );
  const happened = last.events.filter((each) => each.time <= time).slice(-MOST_SHOWN);
  at('events').textContent = happened.map(({ text }) => text).join('\n');
  at('events').scrollTop = at('events').scrollHeight;
}
const MOST_SHOWN = 200;

function choose(name: string): void {
  lesson = data.lessons.find((each) => each.name === name) ?? data.lessons[0];
  editor.text = lesson.text;
  group = null;
  run();
}

lessons.addEventListener('change', ({ target }) => choose((target as HTMLInputElement).value));
choose('hysteresis');
const chosen = lessons.querySelector<HTMLInputElement>(`[value="${lesson.name}"]`);
if (chosen !== null) {
  chosen.checked = true;
  lessons.scrollTop = chosen.parentElement?.offsetTop ?? 0;
}
