import type { FigureNames } from '../../../machine/machine.ts';
import { LIKE, type Setting, type Settings, settingWords } from '../live/setting.ts';
import type { Choice, PageChart } from '../packed.ts';

/** What a reader can do beside the charts. */
export interface Deeds {
  readonly change: (run: number, name: string, value: string) => void;
  readonly beside: (run: number) => void;
  readonly remove: (run: number) => void;
  readonly reset: () => void;
  readonly json: (run: number) => void;
}

/** What is chosen beside the charts of a script: the machine of each run, and what it is called elsewhere. */
export class Panel {
  readonly #place: HTMLElement;
  readonly #deeds: Deeds;
  readonly #choices: readonly Choice[];
  readonly #state = element('p', 'state');
  readonly #runs = element('div', 'setting-row');
  /** How runs that are changed are had elsewhere. */
  readonly #words = element('pre', 'words');
  readonly #progress = document.createElement('progress');
  #count = 0;

  constructor(section: HTMLElement, choices: readonly Choice[], deeds: Deeds) {
    this.#place = section.querySelector<HTMLElement>('.settings') ?? section;
    this.#deeds = deeds;
    this.#choices = choices;
    this.#state.setAttribute('role', 'status');
    this.#progress.max = 1;
    this.#progress.setAttribute('aria-label', 'how far the run is');
    this.#progress.hidden = true;
    const hint = element('p', 'hint-live');
    hint.textContent =
      'Drag a line of a chart, or choose it with Tab and move it with the arrow keys: the run is made anew.';
    const summary = element('summary', '');
    summary.textContent = 'another machine, or a second setting beside it';
    const details = document.createElement('details');
    details.append(summary, this.#runs);
    this.#place.replaceChildren(hint, this.#words, this.#state, this.#progress, details);
  }

  /** `count`: so many runs are the report's own. */
  show(
    settings: Settings,
    count: number,
    charts: readonly PageChart[],
    words: readonly string[],
    took?: number,
  ): void {
    this.#progress.hidden = true;
    if (this.#count !== settings.length) {
      this.#count = settings.length;
      this.#runs.replaceChildren(...settings.map((_, run) => this.#form(run, run >= count)));
    }
    for (const [at, setting] of settings.entries())
      this.#fill(at, setting, charts.find(({ run }) => run === at)?.packed.names);
    if (took === undefined) return;
    this.#words.textContent = words.filter((_, run) => settingWords(settings[run]) !== '').join('\n');
    this.#state.textContent = `computed in ${Math.round(took)} ms`;
  }

  progress(share: number): void {
    this.#progress.hidden = share <= 0;
    this.#progress.value = share;
  }

  fail(why: string): void {
    this.#progress.hidden = true;
    this.#state.textContent = `This can't be run: ${why}`;
  }

  #form(run: number, isBeside: boolean): HTMLElement {
    const form = element('fieldset', 'setting');
    form.append(element('legend', ''));
    for (const { name, label, options } of this.#choices) {
      const field = element('label', '');
      field.append(`${label} `);
      field.append(options === null ? this.#number(run, name) : this.#select(run, name, options));
      form.append(field);
    }
    const buttons = element('div', 'buttons');
    buttons.append(
      button('set another beside', () => this.#deeds.beside(run)),
      isBeside ? button('remove', () => this.#deeds.remove(run)) : button('reset', () => this.#deeds.reset()),
      button('figures as JSON', () => this.#deeds.json(run)),
    );
    form.append(buttons);
    return form;
  }

  #select(run: number, name: string, options: readonly (readonly [string, string])[]): HTMLElement {
    const select = document.createElement('select');
    select.name = name;
    for (const [value, text] of [['', 'as it is'], ...options]) select.append(new Option(text, value));
    select.addEventListener('change', () => this.#deeds.change(run, name, select.value));
    return select;
  }

  #number(run: number, name: string): HTMLElement {
    const input = document.createElement('input');
    Object.assign(input, {
      type: 'number',
      name,
      min: name === 'cpus' ? '1' : '0',
      max: name === 'cpus' ? '64' : '4294967295',
      placeholder: 'as it is',
    });
    input.addEventListener('change', () => {
      if (input.checkValidity()) this.#deeds.change(run, name, input.value);
    });
    return input;
  }

  #fill(run: number, setting: Setting, names: FigureNames | undefined): void {
    const form = this.#runs.children[run];
    const legend = form?.querySelector('legend');
    if (form === undefined || !legend) return;
    const said = settingWords(setting, names);
    legend.textContent = `run ${run + 1}: ${said === '' ? (setting[LIKE] === undefined ? 'as it is' : 'a copy') : said}`;
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input,select'))
      if (document.activeElement !== field) field.value = setting[field.name] ?? '';
  }
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function button(text: string, act: () => void): HTMLElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}
