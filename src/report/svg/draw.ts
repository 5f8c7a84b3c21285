import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Where a plot stands inside its block, px. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What Plot is told beside the frame. */
export type Drawing = Omit<Plot.PlotOptions, 'document' | 'width' | 'height'>;

/** Without a browser: Plot draws into a document of linkedom's. */
const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Markup of a plot, to stand in a picture with the style sheet of style.ts. */
export function drawn(frame: Frame, drawing: Drawing): string {
  const svg = Plot.plot({
    ...drawing,
    document,
    width: frame.width,
    height: frame.height,
    marginLeft: frame.left,
    marginRight: frame.right,
    marginTop: frame.top,
    marginBottom: frame.bottom,
  });
  // Its own style would reach beyond it, and says what ours says.
  const host = document.createElement('div');
  host.append(svg);
  for (const style of host.querySelectorAll('style')) style.remove();
  return `<g class="plot">${host.firstElementChild?.innerHTML ?? ''}</g>`;
}

export { Plot };
