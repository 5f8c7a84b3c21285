import { dataPart, htmlPage, inPage } from '../report/html/frame.ts';
import { REPORT_STYLE } from '../report/html/page-style.ts';
import { escaped } from '../report/svg/text.ts';
import { aboutOf, type Lesson } from './lesson.ts';

const STYLE = `
.playground{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:8px 32px;align-items:start}
#lessons{position:relative;max-height:13em;overflow:auto;border:1px solid var(--quiet);border-radius:6px;margin:0 0 12px;padding:0;min-width:0}
#lessons label{display:block;padding:4px 12px;border-left:4px solid transparent;cursor:pointer}
#lessons label:hover{border-color:var(--quiet)}
#lessons label:has(:checked){border-color:var(--usage);background:color-mix(in srgb,var(--usage) 12%,var(--paper))}
#lessons label:has(:focus-visible){outline:3px solid var(--usage);outline-offset:-3px}
#lessons input{position:absolute;opacity:0;pointer-events:none}
#lessons-title{margin-top:8px}
#lessons b,#lessons span{display:block;overflow-wrap:anywhere}
#lessons span{font-size:15px;line-height:1.35;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.cm-editor{border:1px solid var(--quiet);border-radius:6px;font-size:15px;max-height:60vh;background:var(--paper);color:var(--ink)}
.cm-editor .cm-gutters{background:var(--paper);color:var(--quiet);border-color:var(--grid)}
.cm-editor .cm-cursor{border-left-color:var(--ink)}
.cm-editor .cm-tooltip{background:var(--paper);color:var(--ink);border:1px solid var(--quiet)}
.cm-scroller{overflow:auto;font-family:ui-monospace,monospace!important}
#faults{color:var(--bad);white-space:pre-wrap;margin:6px 0}
#player{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;position:sticky;top:0;background:var(--paper);z-index:100;padding:8px 0}
#player input{flex:1 1 12em;accent-color:var(--usage)}
#events{height:11em;overflow:auto;white-space:pre-wrap;margin:6px 0;font-size:14px;border:1px solid var(--grid);border-radius:6px;padding:6px 10px}
select{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:6px;padding:2px 6px}
option{color:var(--ink);background:var(--paper)}
#result h1{display:none}
/* What is still to come. */
.cursor::after{content:'';position:absolute;left:0;top:0;bottom:0;width:200vw;background:var(--paper);opacity:.75}
@media (max-width:900px){.playground{grid-template-columns:minmax(0,1fr)}.cm-editor{max-height:40vh}
/* What happens comes first, then what makes it. */
.playground>div:last-child{order:-1}}
`;

const lessonItem = ({ name, text }: Lesson): string =>
  `<label><input type="radio" name="lesson" value="${escaped(name)}"><b>${escaped(name)}</b><span>${escaped(aboutOf(text))}</span></label>`;

/** The page of the playground, from what was built: its script, and its worker's. */
export const playgroundPage = (
  lessons: readonly Lesson[],
  boots: Readonly<Record<string, string>>,
  { script, machine }: { readonly script: string; readonly machine: string },
): string =>
  htmlPage({
    title: 'memcg: the playground',
    styles: REPORT_STYLE + STYLE,
    body: `<main>
<h1>memcg: the playground</h1>
<p class="quiet-text">A small machine with the memory controller of a 2008 kernel patch, in this page. Change the script, or drag a line of a chart: it is run anew.</p>
<div class="playground">
<div>
<h2 id="lessons-title">lessons</h2>
<div id="lessons" role="radiogroup" aria-labelledby="lessons-title">${lessons.map(lessonItem).join('')}</div>
<div id="script"></div>
<p id="faults" role="status"></p>
</div>
<div>
<div id="player" role="group" aria-label="time"><button type="button" name="play">play</button>
<button type="button" name="step">step</button>
<label>speed <select name="speed"></select></label>
<input type="range" name="time" min="0" max="1" value="0" aria-label="virtual time">
<span class="clock"></span></div>
<div id="result"></div>
<h2>tree</h2>
<div class="table" tabindex="0" role="region" aria-label="cgroups at this time"><table><thead><tr><th scope="col" class="name">cgroup</th><th scope="col">usage</th><th scope="col">limit</th><th scope="col">start</th><th scope="col">stop</th><th scope="col">reclaimer</th></tr></thead><tbody id="tree"></tbody></table></div>
<h2>events</h2>
<div id="events" tabindex="0" role="log" aria-label="events up to this time"></div>
</div>
</div>
</main>
${dataPart({ lessons, boots })}
<script type="text/plain" id="machine">${inPage(machine)}</script>`,
    script,
  });
