import uPlot from 'uplot';
import { pages } from '../../../kernel/units.ts';
import { sizeTicks } from '../../axis.ts';
import type { PageChart } from '../data.ts';
import { drawOver, drawUnder } from './drawing.ts';
import { readout } from './readout.ts';
import { timesBetween } from './time-axis.ts';
import { unpacked } from './unpack.ts';
import type { Zoom } from './zoom.ts';

const FONT = "15px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const HEADROOM = 1.05;
/** Above the plot for failures and kills, right of it for the names of the marks. */
const PADDING: [number, number, number, number] = [44, 136, 0, 0];

/** The colours of the style sheet, for canvases. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** One cgroup of one run: usage with its marks, drawn by uPlot. */
export class Chart {
  readonly #place: HTMLElement;
  readonly #plot: uPlot;

  constructor(packed: PageChart, place: HTMLElement, zoom: Zoom, sync: string) {
    this.#place = place;
    const chronicle = unpacked(packed);
    const line = document.getElementById(`${packed.id}-readout`);
    const tell = (plot: uPlot): void => {
      if (line !== null) line.textContent = readout(chronicle, plot.cursor.idx ?? null, timeAt(plot));
    };
    const wholeRun = (): null => {
      zoom.by(0);
      return null;
    };
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: PADDING,
        legend: { show: false },
        cursor: {
          y: false,
          sync: {
            key: sync,
            scales: ['x', null],
            // The stretch of time that is shown is the zoom's to tell.
            filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
          },
          drag: { x: true, y: false, setScale: false },
          points: { show: false },
          bind: { dblclick: () => wholeRun },
        },
        scales: {
          x: { time: false, auto: false, range: (_, min, max) => [min, max] },
          y: { auto: false, range: () => [0, packed.top * HEADROOM] },
        },
        axes: [timeAxis(), sizeAxis(packed.top)],
        series: [{}, usage('usage'), usage('usage'), { ...usage('usage'), width: 2.5 }],
        bands: [{ series: [1, 2], fill: () => colour('usage') }],
        hooks: {
          drawAxes: [(plot) => drawUnder(plot, chronicle, colour)],
          draw: [(plot) => drawOver(plot, chronicle, colour)],
          setCursor: [tell],
          setSelect: [
            (plot) => {
              const { left, width } = plot.select;
              if (width < 4) return;
              zoom.to(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
              plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
            },
          ],
          ready: [tell],
        },
      },
      [chronicle.time, chronicle.max, chronicle.min, chronicle.last],
      place,
    );
    const show = (): void => this.#plot.setScale('x', { min: zoom.min, max: zoom.max });
    zoom.onChange(show);
    show();
  }

  /** Takes the room that there is now. */
  fit(): void {
    const size = this.#size();
    if (size.width > 0 && size.width !== this.#plot.width) this.#plot.setSize(size);
  }

  /** After the colours have changed. */
  repaint(): void {
    this.#plot.redraw(false, true);
  }

  #size(): { width: number; height: number } {
    return { width: this.#place.clientWidth, height: this.#place.clientHeight };
  }
}

/** The time under the cursor, ns; null: the cursor is elsewhere. */
function timeAt(plot: uPlot): number | null {
  const left = plot.cursor.left ?? -1;
  return left < 0 ? null : plot.posToVal(left, 'x');
}

const usage = (name: string): uPlot.Series => ({
  stroke: () => colour(name),
  width: 1,
  points: { show: false },
});

const timeAxis = (): uPlot.Axis => ({
  ...axis(),
  splits: (plot, _, min, max) =>
    timesBetween(min, max, Math.max(3, plot.bbox.width / devicePixelRatio / 110)).at,
  values: (plot, splits) => {
    const { min = 0, max = 1 } = plot.scales['x'];
    const { at, labels } = timesBetween(
      min ?? 0,
      max ?? 1,
      Math.max(3, plot.bbox.width / devicePixelRatio / 110),
    );
    return splits.map((split) => labels[at.indexOf(split)] ?? '');
  },
  grid: { show: false },
  size: 34,
});

function sizeAxis(top: number): uPlot.Axis {
  const ticks = sizeTicks(pages(top), 5);
  return {
    ...axis(),
    splits: () => ticks.map(({ at }) => at),
    values: () => ticks.map(({ label }) => label),
    grid: { stroke: () => colour('grid'), width: 1 },
    size: 60,
  };
}

const axis = (): uPlot.Axis => ({
  stroke: () => colour('quiet'),
  font: FONT,
  ticks: { stroke: () => colour('quiet'), width: 1, size: 6 },
});
