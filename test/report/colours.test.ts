import { describe, expect, it } from 'vitest';
import { pageStyle } from '../../src/report/html/frame.ts';
import { AWAKE_OPACITY, type Colours, DARK, LIGHT } from '../../src/report/picture/colours.ts';

type Rgb = readonly [number, number, number];

const parse = (colour: string): Rgb => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  return [r, g, b];
};
const linear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const toLinear = ([r, g, b]: Rgb): Rgb => [linear(r), linear(g), linear(b)];

/** WCAG 2.2, contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (colour: Rgb): number => {
    const [r, g, b] = toLinear(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** As `paint` over `paper` looks. */
const blended = (paint: Rgb, paper: Rgb, opacity: number): Rgb => {
  const [r = 0, g = 0, b = 0] = paint.map((value, i) => value * opacity + paper[i] * (1 - opacity));
  return [r, g, b];
};

// Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
const SIGHTS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Ottosson's OKLab of linear RGB; a distance of 0.02 is just noticed. */
function oklab([r, g, b]: readonly number[]): readonly number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: Rgb, b: Rgb, sight: readonly (readonly number[])[]): number {
  const seen = (colour: Rgb): readonly number[] => {
    const rgb = toLinear(colour);
    return oklab(
      sight.map((row) =>
        Math.min(
          1,
          Math.max(
            0,
            row.reduce((sum, x, i) => sum + x * rgb[i], 0),
          ),
        ),
      ),
    );
  };
  const [x, y] = [seen(a), seen(b)];
  return Math.hypot(...x.map((value, i) => value - y[i]));
}

describe.each<[string, Colours]>([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s colours', (_, colours) => {
  const paper = parse(colours.paper);
  const shaded = blended(parse(colours.awake), paper, AWAKE_OPACITY.most);

  it.each(['ink', 'quiet', 'awake', 'bad'] as const)('let %s be read as text on paper', (name) => {
    expect(contrast(parse(colours[name]), paper)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['ink', 'usage'] as const)(
    'let lines of %s stand out from paper and from the strongest shade',
    (name) => {
      expect(contrast(parse(colours[name]), paper)).toBeGreaterThanOrEqual(3);
      expect(contrast(parse(colours[name]), shaded)).toBeGreaterThanOrEqual(3);
    },
  );

  it('let the shade of a waking time be seen on paper', () => {
    expect(contrast(shaded, paper)).toBeGreaterThan(1.3);
  });

  describe.each(Object.entries(SIGHTS))('seen with %s', (__, sight) => {
    it.each([
      ['usage', 'bad'],
      ['usage', 'ink'],
      ['bad', 'ink'],
      ['awake', 'bad'],
      ['awake', 'usage'],
    ] as const)('tell %s from %s', (a, b) => {
      expect(distance(parse(colours[a]), parse(colours[b]), sight)).toBeGreaterThan(0.1);
    });

    it('tell usage and failures from the shade', () => {
      expect(distance(parse(colours.usage), shaded, sight)).toBeGreaterThan(0.1);
      expect(distance(parse(colours.bad), shaded, sight)).toBeGreaterThan(0.1);
    });
  });
});

describe('the page', () => {
  const css = pageStyle();

  it.each([
    ['light', LIGHT, 0],
    ['dark', DARK, 1],
  ] as const)('has the %s colours of the pictures', (_, colours, index) => {
    const root = [...css.matchAll(/:root\{([^}]*)\}/g)][index][1];
    const found = Object.fromEntries(
      [...root.matchAll(/--(\w+):(#\w+)/g)].map(([, name, value]) => [name, value]),
    );
    expect(found).toEqual(colours);
  });
});
