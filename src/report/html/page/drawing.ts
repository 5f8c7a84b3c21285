import type uPlot from 'uplot';
import { type Pages, pages } from '../../../kernel/units.ts';
import { MARKS, type Mark, markLabels, markOf } from '../../marks.ts';
import { AWAKE_OPACITY } from '../../picture/colours.ts';
import { strengthsOf } from '../../picture/columns.ts';
import { markLabel } from '../../picture/mark-label.ts';
import { spread } from '../../picture/spread.ts';
import type { Chronicle } from './unpack.ts';

type Colour = (name: string) => string;

const DASHES = { limit: [], high: [9, 5], low: [2.5, 4] } as const;
const LABEL = "16px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const LINE = 19;

/** Draws in CSS pixels, within the plot's frame. */
function onPlot(plot: uPlot, draw: (ctx: CanvasRenderingContext2D, box: Box) => void): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.scale(ratio, ratio);
  const [left, top] = [bbox.left / ratio, bbox.top / ratio];
  draw(ctx, {
    left,
    top,
    right: left + bbox.width / ratio,
    bottom: top + bbox.height / ratio,
    x: (time) => left + plot.valToPos(time, 'x'),
    y: (value) => top + plot.valToPos(value, 'y'),
  });
  ctx.restore();
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
}

/** Below usage: when the reclaimer was awake, and the marks. */
export function drawUnder(plot: uPlot, chronicle: Chronicle, colour: Colour): void {
  onPlot(plot, (ctx, box) => {
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    ctx.clip();
    shade(ctx, box, chronicle, colour('awake'));
    ctx.strokeStyle = colour('ink');
    ctx.lineWidth = 2.5;
    for (const mark of MARKS.toReversed()) line(ctx, box, chronicle, mark);
  });
}

function shade(ctx: CanvasRenderingContext2D, box: Box, { awake }: Chronicle, fill: string): void {
  ctx.fillStyle = fill;
  const { least, most } = AWAKE_OPACITY;
  const shares = new Float64Array(Math.ceil(box.right - box.left));
  for (const { from, until, busy } of awake) {
    const [left, right] = [box.x(from) - box.left, box.x(until) - box.left];
    const share = until > from ? busy / (until - from) : 0;
    for (
      let i = Math.max(0, Math.floor(left));
      i < Math.min(shares.length, Math.max(right, left + 0.001));
      i++
    ) {
      shares[i] = Math.min(1, shares[i] + (Math.min(i + 1, right) - Math.max(i, left)) * share);
    }
  }
  for (const [i, strength] of strengthsOf(shares).entries()) {
    if (strength === 0) continue;
    ctx.globalAlpha = least + (most - least) * strength;
    ctx.fillRect(box.left + i, box.top, 1, box.bottom - box.top);
  }
  ctx.globalAlpha = 1;
}

/** The mark's line, in steps where it was changed. */
function line(ctx: CanvasRenderingContext2D, box: Box, { marks, time }: Chronicle, { name }: Mark): void {
  const index = { low: 1, high: 2, limit: 3 } as const;
  ctx.setLineDash([...DASHES[name]]);
  ctx.beginPath();
  let drawing = false;
  for (const [i, at] of marks.entries()) {
    const value = at[index[name]];
    const end = marks[i + 1]?.[0] ?? time.at(-1) ?? 0;
    if (value === null) {
      drawing = false;
      continue;
    }
    const y = box.y(value);
    if (drawing) ctx.lineTo(box.x(at[0]), y);
    else ctx.moveTo(box.x(at[0]), y);
    ctx.lineTo(box.x(end), y);
    drawing = true;
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Beside and above the plot: what the marks are called, limit failures, OOM kills. */
export function drawOver(plot: uPlot, chronicle: Chronicle, colour: Colour): void {
  onPlot(plot, (ctx, box) => {
    ctx.font = LABEL;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    names(ctx, box, chronicle, plot.scales['y'].max ?? 1, colour);
    ctx.fillStyle = colour('bad');
    ctx.strokeStyle = colour('bad');
    for (const { from, until } of chronicle.failures) {
      const [left, right] = [Math.max(box.left, box.x(from)), Math.min(box.right, box.x(until))];
      if (right >= box.left && left <= box.right) {
        ctx.fillRect(left, box.top - 18, Math.max(1.5, right - left), 14);
      }
    }
    kills(ctx, box, chronicle);
    ctx.fillStyle = colour('quiet');
    ctx.textAlign = 'right';
    ctx.fillText('virtual time', plot.width, box.bottom + 17);
  });
}

function names(
  ctx: CanvasRenderingContext2D,
  box: Box,
  { marks }: Chronicle,
  most: number,
  colour: Colour,
): void {
  const last = marks.at(-1);
  if (last === undefined) return;
  const size = (value: number | null): Pages | null => (value === null ? null : pages(value));
  const at = { low: size(last[1]), high: size(last[2]), limit: size(last[3]) };
  const placed = MARKS.flatMap((mark) => {
    const value = markOf(at, mark);
    return value === null ? [] : [{ mark, value, row: value }];
  });
  const labels = [...markLabels(placed, true)].sort(([a], [b]) => b - a);
  const wishes = labels.map(([value]) => box.y(Math.min(value, most)));
  const lines = spread(
    wishes,
    labels.map(() => LINE),
    box.top - LINE / 2,
    box.bottom + LINE / 2,
  );
  ctx.lineWidth = 1;
  ctx.strokeStyle = colour('quiet');
  ctx.fillStyle = colour('ink');
  for (const [i, [value, label]] of labels.entries()) {
    const over = value > most;
    if (!over) {
      ctx.beginPath();
      ctx.moveTo(box.right + 1, wishes[i]);
      ctx.lineTo(box.right + 9, lines[i]);
      ctx.stroke();
    }
    ctx.fillText(markLabel(label, over, true), box.right + 12, lines[i]);
  }
}

function kills(ctx: CanvasRenderingContext2D, box: Box, { kills: all }: Chronicle): void {
  let free = box.left;
  for (const [time, name] of all) {
    const x = box.x(time);
    if (x < box.left || x > box.right) continue;
    const y = box.top - 31;
    ctx.lineWidth = 3;
    ctx.beginPath();
    ctx.moveTo(x - 6, y - 6);
    ctx.lineTo(x + 6, y + 6);
    ctx.moveTo(x + 6, y - 6);
    ctx.lineTo(x - 6, y + 6);
    ctx.stroke();
    ctx.lineWidth = 1.5;
    ctx.setLineDash([3, 4]);
    ctx.beginPath();
    ctx.moveTo(x, y + 8);
    ctx.lineTo(x, box.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    const text = `${name} killed`;
    const width = ctx.measureText(text).width;
    const start = x + 12 + width > box.right ? x - 12 - width : x + 12;
    if (start < free) continue;
    ctx.fillText(text, start, y);
    free = Math.max(x, start + width) + 14;
  }
}
