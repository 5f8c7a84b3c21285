import { type Colours, DARK, LIGHT } from '../picture/colours.ts';
import { FONT, styleSheet } from '../svg/style.ts';
import { escaped } from '../svg/text.ts';

/** What is particular to a page. */
export interface Page {
  readonly title: string;
  /** Beside what all pages and pictures have. */
  readonly styles: string;
  readonly body: string;
  /** Plain script for browsers. */
  readonly script: string;
}

/** What a page's script reads. */
export const dataPart = (data: unknown): string =>
  `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;

/** A program, as it can stand in a page. */
export const inPage = (program: string): string => program.trim().replaceAll('</script', '<\\/script');

/** A page that needs nothing beside itself, light or dark as its reader's system is. */
export const htmlPage = ({ title, styles, body, script }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${styleSheet()}${pageStyle()}${styles}</style>
</head>
<body>
${body}
<script>${inPage(script)}</script>
</body>
</html>
`;

const properties = (colours: Colours): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** What all pages have. */
export const pageStyle = (): string => `
:root{color-scheme:light dark;${properties(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${properties(DARK)}}}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 ${FONT};font-variant-numeric:tabular-nums}
main{margin:0 auto;padding:12px 28px 80px}
h1{font-size:30px;line-height:1.25;margin:20px 0 6px;overflow-wrap:anywhere}
h2{overflow-wrap:anywhere}
.quiet-text{color:var(--quiet)}
.bad-text{color:var(--bad)}
figure{margin:0;min-width:0}
.key{display:block}
table{border-collapse:collapse;font-size:16px}
th,td{padding:4px 18px 4px 0;text-align:right;white-space:nowrap;vertical-align:top}
th{font-weight:600}
thead th{color:var(--quiet);font-weight:400;border-bottom:1px solid var(--quiet);background:var(--paper)}
tbody tr{border-bottom:1px solid var(--grid)}
tbody th[scope=row],th.name,td.name{text-align:left}
input[type=checkbox]{width:18px;height:18px;accent-color:var(--usage)}
button{font:inherit;font-size:15px;font-weight:400;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:6px;padding:2px 12px;cursor:pointer}
button:hover{border-color:var(--ink)}
button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--usage);outline-offset:2px}
[hidden]{display:none!important}
`;
