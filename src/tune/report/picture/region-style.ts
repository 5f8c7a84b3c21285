import { DARK, LIGHT } from '../../../report/picture/colours.ts';
import { px } from '../../../report/svg/axes.ts';
import type { RegionName } from '../../analysis/regions.ts';

/**
 * Regions have a colour and a form each, so that nothing is said by colour alone. What works and what stalls
 * have the colours that reports have for the reclaimer at work and for what hurts.
 */
export interface RegionStyle {
  readonly light: string;
  readonly dark: string;
  /** A path about 0,0, some 11 px across. */
  readonly form: string;
  /** How strongly the ground of a map is tinted. */
  readonly ground: number;
}

export const REGION_STYLES: Readonly<Record<RegionName, RegionStyle>> = {
  fine: {
    light: LIGHT.awake,
    dark: DARK.awake,
    form: 'M5,0A5,5 0 1 1 -5,0A5,5 0 1 1 5,0Z',
    ground: 0.16,
  },
  'passed-by': { light: LIGHT.bad, dark: DARK.bad, form: 'M0,-6.2L6,4.6H-6Z', ground: 0.2 },
  spins: { light: '#7a4fd0', dark: '#b79bff', form: 'M0,-6.6L6.6,0L0,6.6L-6.6,0Z', ground: 0.2 },
  oscillates: { light: '#9a6700', dark: '#e3b341', form: 'M-4.7,-4.7H4.7V4.7H-4.7Z', ground: 0.22 },
  idle: {
    light: LIGHT.quiet,
    dark: DARK.quiet,
    form: 'M5,0A5,5 0 1 1 -5,0A5,5 0 1 1 5,0ZM3,0A3,3 0 1 0 -3,0A3,3 0 1 0 3,0Z',
    ground: 0.12,
  },
  failed: {
    light: LIGHT.ink,
    dark: DARK.ink,
    form: 'M-5.5,-3.5L-3.5,-5.5L0,-2L3.5,-5.5L5.5,-3.5L2,0L5.5,3.5L3.5,5.5L0,2L-3.5,5.5L-5.5,3.5L-2,0Z',
    ground: 0.14,
  },
};

const entries = Object.entries(REGION_STYLES);

const rules = (scheme: 'light' | 'dark'): string =>
  entries.map(([name, style]) => `.r-${name}{fill:${style[scheme]}}`).join('\n');

const scheme = ({ ink, paper, awake }: typeof LIGHT): string =>
  `.lane{fill:${awake}}\n.front,.ring{stroke:${ink}}\n.halo{stroke:${paper}}\n.dot{stroke:${paper}}`;

/** Beside the style sheet of all pictures (report/svg/style.ts). */
export const tuneStyles = (): string => `
.dot{stroke-width:1}
.lane{fill-opacity:.09}
.ring{fill:none;stroke-width:3}
.ring.cheapest{stroke-width:2;stroke-dasharray:3 3}
.front{fill:none;stroke-width:2;stroke-dasharray:7 4}
.halo{paint-order:stroke;stroke-width:5px;stroke-linejoin:round}
${entries.map(([name, { ground }]) => `.ground.r-${name}{fill-opacity:${ground}}`).join('\n')}
${rules('light')}
${scheme(LIGHT)}
@media (prefers-color-scheme:dark){
${rules('dark')}
${scheme(DARK)}
}`;

/** The forms, once in a document. */
export const symbols = (): string =>
  `<defs>${entries.map(([name, { form }]) => `<path id="f-${name}" d="${form}"/>`).join('')}</defs>`;

/** A trial's mark at x, y; `index` is its place in the order of merit, for whoever looks up more. */
export const dot = (region: RegionName, x: number, y: number, index: number): string =>
  `<use href="#f-${region}" class="dot r-${region}" x="${px(x)}" y="${px(y)}" data-t="${index}"/>`;
