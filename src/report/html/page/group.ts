import type { Content } from '../content.ts';
import type { PageChart, PageGroup } from '../packed.ts';
import { Chart, type Move } from './chart.ts';
import { Zoom } from './zoom.ts';

/** Runs that are switched off are not shown. */
export function applySwitches(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-run]')) {
    const selector = `[data-run="${input.dataset['run']}"]:not(input)`;
    for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = !input.checked;
  }
}

/** The runs of one script on the page: their charts, drawn as they come into view. */
export class Group {
  readonly zoom: Zoom;
  readonly #move: Move | null;
  readonly #drawn = new Map<Element, Chart>();
  readonly #wanted = new Map<string, PageChart>();
  readonly #seen = new IntersectionObserver((entries) => this.#appear(entries), { rootMargin: '300px' });
  readonly #resized = new ResizeObserver((entries) => {
    for (const { target } of entries) this.#drawn.get(target)?.fit();
  });

  constructor(data: PageGroup, move: Move | null) {
    this.zoom = new Zoom(data.until);
    this.#move = move;
    this.#watch(data.charts);
  }

  /** What came out when the runs were made anew: what is still there stays, and with it the focus. */
  show(section: HTMLElement, { markup, data }: Content): void {
    const template = document.createElement('template');
    template.innerHTML = markup;
    const fresh = template.content.firstElementChild as HTMLElement;
    // The chart that is in hand stays where it is, whatever is said above it now.
    const inHand = document.activeElement?.closest('.chart');
    const before = inHand?.getBoundingClientRect().top ?? 0;
    this.zoom.setUntil(data.until);
    if (partsOf(fresh).join() === partsOf(section).join()) {
      for (const part of fresh.querySelectorAll<HTMLElement>('[data-part]')) {
        const old = section.querySelector<HTMLElement>(`[data-part="${part.dataset['part']}"]`);
        if (old !== null && old.innerHTML !== part.innerHTML) old.replaceChildren(...part.childNodes);
      }
    } else {
      const settings = section.querySelector('.settings');
      if (settings !== null) fresh.querySelector('.settings')?.replaceWith(settings);
      section.replaceChildren(...fresh.childNodes);
    }
    this.#watch(data.charts);
    applySwitches();
    if (inHand?.isConnected) window.scrollBy(0, inHand.getBoundingClientRect().top - before);
  }

  #watch(charts: readonly PageChart[]): void {
    for (const chart of charts) {
      const place = document.getElementById(chart.id);
      if (place === null) continue;
      this.#wanted.set(chart.id, chart);
      const drawn = this.#drawn.get(place);
      if (drawn !== undefined) drawn.show(chart);
      else {
        this.#seen.observe(place);
        this.#resized.observe(place);
      }
    }
  }

  #appear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const chart = this.#wanted.get(target.id);
      if (!isIntersecting || chart === undefined || this.#drawn.has(target)) continue;
      this.#drawn.set(target, new Chart(chart, target as HTMLElement, this.zoom, this.#move));
    }
  }
}

const partsOf = (section: HTMLElement): string[] =>
  [...section.querySelectorAll<HTMLElement>('[data-part]')].map((part) => part.dataset['part'] ?? '');
