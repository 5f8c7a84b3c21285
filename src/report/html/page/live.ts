import type { Answer, Ask, Begin } from '../live/messages.ts';
import { inflated } from '../live/messages.ts';
import {
  fragmentOf,
  LIKE,
  MARK_NAMES,
  MOST_BESIDE,
  markKey,
  type Setting,
  type Settings,
  settingsIn,
  sizeText,
} from '../live/setting.ts';
import type { PageChart, PageData } from '../packed.ts';
import type { Group } from './group.ts';
import type { WantedMarks } from './handles.ts';
import { Panel } from './panel.ts';

/** Text that the page carries; empty: it does not. */
const carried = (id: string): string => document.getElementById(id)?.textContent ?? '';

/** The machine of a page: what its reader changes is made anew in a worker, and shown in place of what was there. */
export class Live {
  readonly #counts: readonly number[];
  readonly #data: PageData;
  #settings: Settings[];
  #groups: readonly Group[] = [];
  #panels: readonly Panel[] = [];
  #worker: Worker | null = null;
  #ready = false;
  #id = 0;
  /** Scripts whose runs are not those that are shown; the first is in hand. */
  readonly #due: number[] = [];
  #inHand: number | null = null;

  /** null: this page carries nothing, or this browser can't unpack it. */
  static of(data: PageData): Live | null {
    const isAble = typeof DecompressionStream === 'function' && typeof Worker === 'function';
    return isAble && carried('runs') !== '' ? new Live(data) : null;
  }

  private constructor(data: PageData) {
    this.#data = data;
    this.#counts = data.groups.map(({ charts }) => Math.max(0, ...charts.map(({ run }) => run)) + 1);
    this.#settings = settingsIn(location.hash.slice(1), this.#counts);
  }

  begin(groups: readonly Group[]): void {
    this.#groups = groups;
    this.#panels = groups.map(
      (_, group) =>
        new Panel(this.#section(group), this.#data.choices ?? [], {
          change: (run, name, value) => this.#change(group, run, { [name]: value }, true),
          beside: (run) => this.#beside(group, run),
          remove: (run) => this.#remove(group, run),
          reset: () => this.#reset(group),
          json: (run) => this.#ask(group, 'json', run),
        }),
    );
    for (const [group, panel] of this.#panels.entries())
      panel.show(this.#settings[group], this.#counts[group], this.#data.groups[group].charts, []);
    window.addEventListener('hashchange', () => {
      const settings = settingsIn(location.hash.slice(1), this.#counts);
      if (fragmentOf(settings) === fragmentOf(this.#settings)) return;
      this.#settings = settings;
      for (const group of groups.keys()) this.#make(group);
    });
    void this.#boot();
  }

  /** Marks of a chart's cgroup are moved. */
  move(group: number, { path, run }: PageChart, marks: WantedMarks, done: boolean): void {
    const sizes = MARK_NAMES.flatMap((mark) => {
      const size = marks[mark];
      return size === undefined ? [] : [[markKey(mark, path), sizeText(size)]];
    });
    this.#change(group, run, Object.fromEntries(sizes), done);
  }

  /** A change is made at once; it goes into the address when the hand has let go. */
  #change(group: number, run: number, changed: Setting, done: boolean): void {
    const settings = this.#settings[group].map((setting, at) =>
      at === run ? without({ ...setting, ...changed }) : setting,
    );
    this.#set(group, settings, done);
  }

  #beside(group: number, run: number): void {
    const settings = this.#settings[group];
    if (settings.length >= this.#counts[group] + MOST_BESIDE) return;
    this.#set(group, [...settings, { [LIKE]: `${settings[run][LIKE] ?? run}`, ...settings[run] }], true);
  }

  #remove(group: number, run: number): void {
    this.#set(
      group,
      this.#settings[group].filter((_, at) => at !== run || at < this.#counts[group]),
      true,
    );
  }

  #reset(group: number): void {
    this.#set(
      group,
      Array.from({ length: this.#counts[group] }, () => ({})),
      true,
    );
  }

  #set(group: number, settings: Settings, done: boolean): void {
    this.#settings = this.#settings.map((each, at) => (at === group ? settings : each));
    const fragment = fragmentOf(this.#settings);
    if (done)
      history.replaceState(null, '', fragment === '' ? location.pathname + location.search : `#${fragment}`);
    this.#make(group);
  }

  #make(group: number): void {
    if (!this.#due.includes(group)) this.#due.push(group);
    this.#next();
  }

  /** One at a time: what is in hand is shown before the next is begun, so that a drag is seen on the way. */
  #next(): void {
    const [group] = this.#due;
    if (!this.#ready || this.#inHand !== null || group === undefined) return;
    this.#due.shift();
    this.#inHand = group;
    this.#ask(group, 'content', 0);
  }

  #ask(group: number, want: Ask['want'], run: number): void {
    const all = this.#settings[group];
    this.#id += 1;
    this.#tell({ id: this.#id, group, want, run, settings: want === 'json' ? [all[run]] : all });
  }

  #tell(message: Ask | Begin): void {
    this.#worker?.postMessage(message);
  }

  async #boot(): Promise<void> {
    const program = new Blob([(await inflated(carried('machine'))) as BlobPart], { type: 'text/javascript' });
    this.#worker = new Worker(URL.createObjectURL(program));
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#answered(data);
    this.#tell({ runs: carried('runs') });
  }

  #answered(answer: Answer): void {
    switch (answer.kind) {
      case 'ready':
        this.#ready = true;
        document.documentElement.classList.add('live');
        // What is shown already is made too: then the next is made by a machine that is warm.
        for (const group of this.#groups.keys()) this.#make(group);
        return;
      case 'progress':
        if (this.#inHand !== null) this.#panels[this.#inHand].progress(answer.share);
        return;
      case 'content': {
        const { group, content, words, took } = answer;
        this.#inHand = null;
        if (this.#isChanged(group)) this.#groups[group].show(this.#section(group), content);
        const { charts } = content.data;
        this.#panels[group].show(this.#settings[group], this.#counts[group], charts, words, took);
        break;
      }
      case 'json':
        download('run.json', `${answer.text}\n`);
        return;
      case 'failed':
        if (this.#inHand !== null) this.#panels[this.#inHand].fail(answer.why);
        this.#inHand = null;
    }
    this.#next();
  }

  /** What it shows is no longer the report's own. */
  readonly #touched = new Set<number>();
  #isChanged(group: number): boolean {
    const settings = this.#settings[group];
    const isOwn =
      settings.length === this.#counts[group] && settings.every((each) => Object.keys(each).length === 0);
    if (!isOwn) this.#touched.add(group);
    return this.#touched.has(group);
  }

  #section(group: number): HTMLElement {
    const section = document.querySelector<HTMLElement>(`section[data-group="${group}"]`);
    if (section === null) throw new Error(`no script ${group} on this page`);
    return section;
  }
}

/** What is empty is as it was. */
const without = (setting: Setting): Setting =>
  Object.fromEntries(Object.entries(setting).filter(([, value]) => value !== ''));

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
}
