import { pages } from '../../../kernel/units.ts';
import { escaped } from '../../svg/text.ts';
import { type Chronicle, mostOf, usageBox, usagePlot, usagePlotHeight } from '../../svg/usage-plot.ts';
import { type PageChart, unpacked } from '../packed.ts';
import { Handles, type MoveTo } from './handles.ts';
import { readout } from './readout.ts';
import type { Zoom } from './zoom.ts';

/** Of the plot itself, px. */
const HEIGHT = 236;
/** A shorter drag is a click. */
const DRAG = 4;

/** A mark of a chart's cgroup is moved. */
export type Move = (chart: PageChart, ...to: Parameters<MoveTo>) => void;

/** One cgroup of one run, drawn anew whenever another stretch of time is asked for. */
export class Chart {
  #chart: PageChart;
  #chronicle: Chronicle;
  readonly #place: HTMLElement;
  readonly #zoom: Zoom;
  readonly #readout: HTMLElement | null;
  readonly #picture = part('picture');
  /** Over the plot: what is pointed at, and the stretch that is being chosen. */
  readonly #over = part('over');
  readonly #cursor = part('cursor');
  readonly #chosen = part('chosen');
  readonly #handles: Handles | null;
  #width = 0;

  /** `move`: what a reader does who moves a mark; null: nobody can. */
  constructor(chart: PageChart, place: HTMLElement, zoom: Zoom, move: Move | null) {
    this.#chart = chart;
    this.#chronicle = unpacked(chart.packed);
    this.#place = place;
    this.#zoom = zoom;
    this.#readout = document.getElementById(`${chart.id}-readout`);
    this.#over.append(this.#chosen, this.#cursor);
    place.append(this.#picture, this.#over);
    this.#handles =
      move === null ? null : new Handles(place, this.#chronicle.names, (...to) => move(this.#chart, ...to));
    this.#point(null);
    this.#listen();
    zoom.onChange(() => this.#draw());
    zoom.onPoint((time) => this.#point(time));
    this.fit();
  }

  /** What came out when the run was made anew. */
  show(chart: PageChart): void {
    this.#chart = chart;
    this.#chronicle = unpacked(chart.packed);
    if (this.#width > 0) this.#draw();
  }

  /** Takes the room that there is now. */
  fit(): void {
    const width = this.#place.clientWidth;
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    this.#draw();
  }

  #draw(): void {
    const { top, lanes } = this.#chart;
    const { min: from, max: until } = this.#zoom;
    const size = { width: this.#width, height: HEIGHT, lanes };
    const plot = usagePlot({ chronicle: this.#chronicle, scale: { top: pages(top), until }, from, ...size });
    const height = usagePlotHeight(HEIGHT, lanes);
    this.#picture.innerHTML = `<svg role="img" aria-label="${escaped(this.#place.getAttribute('aria-label') ?? '')}" width="${this.#width}" height="${height}">${plot}</svg>`;
    const box = usageBox(size);
    Object.assign(this.#over.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.right - box.left}px`,
      height: `${HEIGHT}px`,
    });
    const { marks, names } = this.#chronicle;
    this.#handles?.show(marks.at(-1), names, {
      top: box.top,
      bottom: box.bottom,
      left: box.left,
      right: box.right,
      most: mostOf(top),
    });
  }

  #listen(): void {
    const shareAt = ({ clientX }: PointerEvent): number => {
      const { left, width } = this.#over.getBoundingClientRect();
      return Math.min(1, Math.max(0, (clientX - left) / width));
    };
    const timeAt = (share: number): number => this.#zoom.min + share * (this.#zoom.max - this.#zoom.min);
    let begin: number | null = null;
    this.#over.addEventListener('pointerdown', (event) => {
      begin = shareAt(event);
      this.#over.setPointerCapture(event.pointerId);
    });
    this.#over.addEventListener('pointermove', (event) => {
      const here = shareAt(event);
      this.#zoom.point(timeAt(here));
      if (begin === null) return;
      this.#chosen.style.left = percent(Math.min(begin, here));
      this.#chosen.style.width = percent(Math.abs(here - begin));
    });
    this.#over.addEventListener('pointerup', (event) => {
      const [from, to] = [begin ?? 0, shareAt(event)].sort((a, b) => a - b);
      const isDrag = begin !== null && (to - from) * this.#over.clientWidth >= DRAG;
      begin = null;
      this.#chosen.style.width = '0';
      if (isDrag) this.#zoom.to(timeAt(from), timeAt(to));
    });
    this.#over.addEventListener('pointerleave', () => this.#zoom.point(null));
    this.#over.addEventListener('dblclick', () => this.#zoom.by(0));
  }

  #point(time: number | null): void {
    const { min, max } = this.#zoom;
    this.#cursor.hidden = time === null;
    if (time !== null) this.#cursor.style.left = percent((time - min) / (max - min));
    if (this.#readout !== null) this.#readout.textContent = readout(this.#chronicle, time);
  }
}

const percent = (share: number): string => `${share * 100}%`;

function part(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
