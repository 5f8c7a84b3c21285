import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { reportPageFile } from '../../script/package-files.ts';
import { endOf, type Shown, type ShownRun } from '../picture/shown.ts';
import { escaped } from '../svg/text.ts';
import { type Content, contentOf, runId } from './content.ts';
import { dataPart, htmlPage } from './frame.ts';
import { packedCarried } from './live/carried.ts';
import type { Carry } from './live/carry.ts';
import { CHOICES } from './live/choices.ts';
import type { PageData } from './packed.ts';
import { REPORT_STYLE } from './page-style.ts';

/** A page is sent by mail: it has so many bytes at most, if what its runs are made from is in it. */
const MOST = 2_000_000;

const compressed = async (bytes: Uint8Array | string): Promise<string> =>
  (await promisify(gzip)(bytes, { level: 9 })).toString('base64');

/**
 * All the runs as one page that needs nothing beside itself: the verdict, a table, and charts to zoom and to
 * hover over, where runs can be switched off. It makes the runs anew with other marks if it carries what that takes.
 * Rejects when the program's own page is not built.
 */
export async function renderHtml(all: readonly Shown[]): Promise<string> {
  const script = await readFile(reportPageFile('page.js'), 'utf8');
  const carried = await carriedBy(all);
  const contents = contentOf(all);
  const page = pageOf(all, contents, script, carried.parts, carried.why);
  if (carried.parts === '' || page.length <= MOST) return page;
  const size = `${(page.length / 1e6).toFixed(1)} MB`;
  return pageOf(
    all,
    contents,
    script,
    '',
    `the recording is too large: with it this page would have ${size}`,
  );
}

interface CarriedParts {
  readonly parts: string;
  /** Why it carries nothing; empty: it does, or nobody asked. */
  readonly why: string;
}

async function carriedBy(all: readonly Shown[]): Promise<CarriedParts> {
  const carries = all.map(({ carry }) => carry);
  const why = carries.find((carry) => typeof carry === 'string') ?? '';
  const whole = all.flatMap(({ carry, runs }) => (typeof carry === 'object' ? [withRuns(carry, runs)] : []));
  if (whole.length < all.length) return { parts: '', why };
  const [runs, machine] = await Promise.all([
    compressed(packedCarried(whole)),
    readFile(reportPageFile('machine.js'), 'utf8').then(compressed),
  ]);
  const part = (id: string, text: string): string =>
    `\n<script type="text/plain" id="${id}">${text}</script>`;
  return { parts: `${part('runs', runs)}${part('machine', machine)}`, why: '' };
}

/** Its runs as they were, too. */
const withRuns = ({ apart, ...carry }: Carry, runs: readonly ShownRun[]) => ({
  ...carry,
  runs: runs.map(({ name, run: { options } }, i) => ({
    name,
    apart: apart[i] ?? {},
    options: options ?? DEFAULT_OPTIONS,
  })),
  until: endOf(runs),
});

function pageOf(
  all: readonly Shown[],
  contents: readonly Content[],
  script: string,
  parts: string,
  why: string,
): string {
  const data: PageData = {
    groups: contents.map((each) => each.data),
    ...(parts !== '' && { choices: CHOICES }),
  };
  const note =
    why === ''
      ? ''
      : `<p class="quiet-text">Marks can't be moved on this page: ${escaped(why)}. memcg replay --limit tries others.</p>\n`;
  return htmlPage({
    title: `${all.map((shown) => shown.script).join(', ')} · memcg`,
    styles: REPORT_STYLE,
    body: `${toolbar(all)}
<main>
${note}${contents.map((each) => each.markup).join('\n')}
</main>
${dataPart(data)}${parts}`,
    script,
  });
}

/** Switches for the runs, where there are several, and zoom for those without a mouse. */
function toolbar(all: readonly Shown[]): string {
  const runs = all.flatMap(({ script, runs: ofScript }, index) =>
    ofScript.map(({ name }, run) => ({
      id: runId(index, run),
      name: [all.length > 1 ? script : '', name].filter((part) => part !== '').join(': '),
    })),
  );
  const switches = runs.map(
    ({ id, name }) =>
      `<label class="switch"><input type="checkbox" checked data-run="${id}"> ${escaped(name)}</label>`,
  );
  return `<header class="toolbar">
<div class="switches">${runs.length > 1 ? switches.join('\n') : ''}</div>
<div class="zoom" role="group" aria-label="zoom"><span class="hint">drag to zoom, double-click for the whole run</span>
<button type="button" data-zoom="0.5">zoom in</button><button type="button" data-zoom="2">zoom out</button><button type="button" data-zoom="0">whole run</button></div>
</header>`;
}
