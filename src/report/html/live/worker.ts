import type { RunResult } from '../../../script/result.ts';
import type { TraceMemory } from '../../../script/traces.ts';
import { toJson } from '../../json.ts';
import { type ShownRun, sideBySide } from '../../picture/shown.ts';
import { namesOf } from '../../policy-runs.ts';
import { contentOf } from '../content.ts';
import { type Carried, unpackedCarried } from './carried.ts';
import { type Answer, type Ask, type Begin, inflated } from './messages.ts';
import { rerun, wordsFor } from './rerun.ts';
import { LIKE, type Setting, type Settings, settingWords } from './setting.ts';

/** The machine in a page: a worker that makes runs anew, and hands back what is to be shown of them. */

interface Port {
  onmessage: ((event: { readonly data: Begin | Ask }) => void) | null;
  postMessage(answer: Answer): void;
}
const port = globalThis as unknown as Port;

type Loaded = { readonly carried: Carried; readonly memory: TraceMemory };
/** Runs that were made: of several beside each other one changes at a time. */
const MOST_KEPT = 8;
const kept = new Map<string, RunResult>();
let loaded: readonly Loaded[] = [];
/** Nothing that was begun is broken off: the page asks for one at a time. */
const { signal } = new AbortController();

port.onmessage = async ({ data }) => {
  if ('runs' in data) {
    loaded = unpackedCarried(await inflated(data.runs));
    port.postMessage({ kind: 'ready' });
    return;
  }
  try {
    await (data.want === 'json' ? json(data) : content(data));
  } catch (error) {
    port.postMessage({
      kind: 'failed',
      id: data.id,
      why: error instanceof Error ? error.message : `${error}`,
    });
  }
};

async function content({ id, group, settings }: Ask): Promise<void> {
  const began = performance.now();
  const { carried } = loaded[group];
  const runs: ShownRun[] = [];
  for (const [at, setting] of settings.entries()) {
    const run = await made(group, at, setting, (now) =>
      port.postMessage({
        kind: 'progress',
        id,
        share: (at + now / Math.max(1, carried.until)) / settings.length,
      }),
    );
    runs.push({ name: nameOf(carried, at, settingWords(setting, namesOf(run)), settings), run });
  }
  const [shown] = contentOf([sideBySide(runs)], group);
  const words = settings.map((setting) => wordsFor(carried, setting));
  port.postMessage({ kind: 'content', id, group, content: shown, words, took: performance.now() - began });
}

async function json({ id, group, settings: [setting], run }: Ask): Promise<void> {
  const { carried, memory } = loaded[group];
  const around = { memory, signal, progress: () => {}, keepOutput: true };
  const result = await rerun(carried, run, setting, around);
  port.postMessage({ kind: 'json', id, text: JSON.stringify(toJson(result), null, 2) });
}

async function made(
  group: number,
  at: number,
  setting: Setting,
  progress: (now: number) => void,
): Promise<RunResult> {
  const { carried, memory } = loaded[group];
  const key = JSON.stringify([group, setting[LIKE] ?? at, Object.entries({ ...setting, [LIKE]: '' }).sort()]);
  const before = kept.get(key);
  const result =
    before ?? (await rerun(carried, at, setting, { memory, signal, progress, keepOutput: false }));
  if (result.options === null) throw new Error(result.error?.message ?? 'no machine was booted');
  kept.delete(key);
  kept.set(key, result);
  for (const [oldest] of kept) if (kept.size > MOST_KEPT) kept.delete(oldest);
  return result;
}

function nameOf({ runs }: Carried, at: number, words: string, settings: Settings): string {
  const { name } = runs[Number(settings[at][LIKE] ?? at)] ?? runs[0];
  if (words !== '') return name === '' ? words : `${name}, ${words}`;
  return name === '' && settings.length > 1 ? 'as recorded' : name;
}
