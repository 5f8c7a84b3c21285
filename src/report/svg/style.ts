import { type Colours, DARK, LIGHT } from '../picture/colours.ts';

/** Sizes of text, for a picture of WIDTH that fills a projector's screen. */
export const TEXT = { title: 30, sentence: 21, cgroup: 24, label: 18, small: 16 } as const;

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** Meanings as CSS classes. No custom properties: not every program that shows SVG knows them. */
const colours = (c: Colours): string => `
.paper{fill:${c.paper}}
.ink{fill:${c.ink}}
.quiet,.axis text{fill:${c.quiet}}
.axis path,.frame line{stroke:${c.quiet}}
.grid line{stroke:${c.grid}}
.limit path,.high path,.low path,line.limit,line.high,line.low{stroke:${c.ink}}
.leader{stroke:${c.quiet}}
path.usage,rect.usage,.usage path{fill:${c.usage};stroke:${c.usage}}
text.awake,rect.awake,.awake rect{fill:${c.awake}}
text.bad,.bad rect{fill:${c.bad}}
.kill line,path.kill{stroke:${c.bad}}`;

/** The stylesheet of a picture: light, and dark where the reader's system is. `scope` keeps it inside a page. */
export const styleSheet = (): string => `
text{font-family:${FONT};font-variant-numeric:tabular-nums}
.t{font-size:${TEXT.title}px;font-weight:700}
.s{font-size:${TEXT.sentence}px}
.g{font-size:${TEXT.cgroup}px;font-weight:700}
.l{font-size:${TEXT.label}px}
.b{font-weight:700}
.axis text,.n{font-size:${TEXT.small}px}
.plot{fill:none;text-anchor:middle}
.e{text-anchor:end}
.m{text-anchor:middle}
.limit path,line.limit{stroke-width:2.5}
.high path,line.high{stroke-width:2.5;stroke-dasharray:9 5}
.low path,line.low{stroke-width:2.5;stroke-dasharray:2.5 4}
path.usage,.usage path{stroke-width:3;stroke-linejoin:round}
path.kill,.kill line{stroke-width:3}
.kill line{stroke-dasharray:3 4;stroke-width:1.5}
.leader{stroke-width:1;fill:none}${colours(LIGHT)}
@media (prefers-color-scheme:dark){${colours(DARK)}
}`;
