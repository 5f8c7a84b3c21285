import { type Colours, DARK, LIGHT } from '../picture/colours.ts';

/** Sizes of text, for a picture of WIDTH that fills a projector's screen. */
export const TEXT = { title: 30, sentence: 21, cgroup: 24, label: 18, small: 16 } as const;

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** Meanings as CSS classes. No custom properties: not every program that shows SVG knows them. */
const colours = (c: Colours): string => `
.paper{fill:${c.paper}}
.ink{fill:${c.ink}}
.quiet{fill:${c.quiet}}
.leader{stroke:${c.quiet}}
.grid{stroke:${c.grid}}
.mark{stroke:${c.ink}}
.usage{fill:${c.usage};stroke:${c.usage}}
.awake{fill:${c.awake}}
.bad{fill:${c.bad}}
.kill,.kill-line{stroke:${c.bad}}`;

/** The style sheet of a picture: light, and dark where the reader's system is. */
export const styleSheet = (): string => `
text{font-family:${FONT};font-variant-numeric:tabular-nums}
.t{font-size:${TEXT.title}px;font-weight:700}
.s{font-size:${TEXT.sentence}px}
.g{font-size:${TEXT.cgroup}px;font-weight:700}
.l{font-size:${TEXT.label}px}
.n{font-size:${TEXT.small}px}
.b{font-weight:700}
.e{text-anchor:end}
.m{text-anchor:middle}
.mark,.leader{fill:none}
.mark{stroke-width:2.5}
.high{stroke-dasharray:9 5}
.low{stroke-dasharray:2.5 4}
.usage{stroke-width:2.5;stroke-linejoin:round}
.kill{stroke-width:3}
.kill-line{stroke-dasharray:3 4;stroke-width:1.5}${colours(LIGHT)}
@media (prefers-color-scheme:dark){${colours(DARK)}
}`;
