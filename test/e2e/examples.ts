import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_NAMES } from '../../src/cli/command-names.ts';
import { commandHelp } from '../../src/cli/help/command-help.ts';
import { CONCEPT_WORDS } from '../../src/cli/help/concepts.ts';
import { helpOn } from '../../src/cli/help/topic.ts';
import { loadCommand } from '../../src/cli/load-command.ts';
import { CONTROL_FILES, POLICIES } from '../../src/machine/kernels.ts';
import { BEHAVIOURS } from '../../src/script/grammar/behaviours.ts';
import { VOCABULARY } from '../../src/script/vocabulary.ts';
import { hasFuse, hasShell } from './namespaces.ts';
import { type Sandbox, textOf } from './shells.ts';

/** The examples of all help texts and of the README, and what has to be there when somebody types them. */

const LOOK = { width: 80, color: false, unicode: true };

export interface HelpText {
  readonly of: string;
  readonly text: string;
}

export async function helpTexts(): Promise<HelpText[]> {
  const topics = [VOCABULARY, BEHAVIOURS].flatMap((entries) => entries.map(({ word }) => word));
  const files = CONTROL_FILES.map(({ name }) => name);
  const told = [...new Set([...topics, ...CONCEPT_WORDS, ...POLICIES, ...files])].map((of) => {
    const text = helpOn(of, LOOK);
    return { of, text: typeof text === 'string' ? text : '' };
  });
  const commands = await Promise.all(
    COMMAND_NAMES.map(async (of) => ({ of, text: commandHelp(await loadCommand(of), LOOK) })),
  );
  return [...told, ...commands];
}

/** The lines below `Example` or `Examples`. */
export function examplesIn(text: string): string[] {
  const block = /^Examples?\n((?: {2}.*\n)+)/m.exec(`${text}\n`)?.[1] ?? '';
  return block.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(2)]));
}

/** What the README types, less the lines that it shows being refused. */
export function typedInReadme(): string[] {
  const blocks = [...(textOf('README.md') ?? '').matchAll(/```console\n([\s\S]*?)```/g)];
  return blocks.flatMap(([, block]) =>
    [...block.matchAll(/^\$ (.*)\n(?!memcg: )/gm)].map(([, line]) => line),
  );
}

/** What no test has: a server, a service, a real kernel to boot, a minute. */
const OUT_OF_REACH: readonly RegExp[] = [
  /redis:/,
  /system\.slice|pidof/,
  /^memcg verify/,
  /^memcg explore (--mutants| {2})|^memcg tune (npm-ci|sqlite)\.memcg/,
  ...(hasFuse ? [] : [/^memcg umount|memcg mount/]),
  ...(hasShell ? [] : [/^memcg shell/]),
];
/** These go on until ^C. */
const ENDLESS = /^memcg (stat -w|events -f)$/;
/** What these find is told by their status: a property that is broken, a kernel that has nothing to reclaim. */
const FINDS = /^memcg (explore|write (memory\.)?reclaim 8M)/;
/** The next one finds another machine than it expects. */
const SPOILS = /\b(rmdir|mv|chmod|fault|exit|load|down|up|reset|speed|pause|step|at|kill)\b/;

const FRESH = ['memcg reset'];
const STAGE = ['memcg reset --boot stage.memcg'];

/** What comes before an example, if not the machine that is there. */
const BEFORE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^memcg up/, ['memcg down', 'memcg sessions rm default']],
  [/^memcg rmdir|force_empty|cgroup\./, FRESH],
  [/^memcg (export|spawn)/, FRESH],
  [/^memcg step/, ['memcg pause']],
  [/^memcg at /, ['memcg speed 1', ...FRESH]],
  [/sessions rm old/, ['memcg --session old ls']],
  [/^memcg stop reader/, ['memcg start reader sleep 1h']],
  [/^memcg replay npm-ci/, ["printf 'spawn t\\nrun t stream data 450M\\n' >npm-ci.memcg"]],
];

const series = (pod: string) => ({
  metric: { __name__: 'container_memory_rss', pod },
  values: [0, 15, 30].map((time) => [1_700_000_000 + time, '8000000']),
});

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'web.memcg': 'spawn web\nrun web stream data.img 96M\n',
  'stage.memcg':
    'mkdir default\nset default low_wmark_in_bytes=32M high_wmark_in_bytes=48M limit_in_bytes=128M\nspawn reader\nspawn hog\nrun hog alloc 16M\n',
  'marks.memcg': 'write low_wmark_in_bytes 24M\n',
  'load.sql': 'select 1;\n',
  'samples.csv': 'time,anon,file\n0,8M,1M\n1,16M,2M\n2,30M,2M\n',
  'pod.csv': 'time,rss\n0,8\n1,16\n2,16\n',
  'range-query.json': JSON.stringify({
    status: 'success',
    data: { resultType: 'matrix', result: [series('web-0'), series('web-1')] },
  }),
  'stats.txt': [1, 2, 3].map((mib) => `NAME  MEM USAGE / LIMIT\nweb  ${mib}MiB / 1GiB\n`).join(''),
  'trace.oracleGeneral': new Uint8Array(24).fill(2, 12, 13),
};

/** Programs that are recorded, and are not on every system. */
const PROGRAMS: Readonly<Record<string, string>> = {
  npm: 'sleep 0.1',
  sqlite3: 'sleep 0.1',
};

/** What the examples of these texts came to that did not end well. One bash types them all; `setUp` comes first. */
export function failuresOf(
  sandbox: Sandbox,
  setUp: string,
  texts: readonly (readonly string[])[],
  longest: number,
): string[] {
  const { folder } = sandbox;
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  mkdirSync(join(folder, '.config/fish/completions'), { recursive: true });
  const lines: string[] = [];
  /** The example that booted the machine; null: it is the stage, '': nobody knows. */
  let booted: string | null = '';
  for (const text of texts) {
    const examples = text.filter((line) => !OUT_OF_REACH.some((each) => each.test(line)));
    const boots = examples.length > 1 && examples[0].startsWith('memcg reset ') ? examples[0] : null;
    const own = examples.flatMap((line) => BEFORE.find(([which]) => which.test(line))?.[1] ?? []);
    if (boots === null && own[0] !== FRESH[0] && booted !== null) lines.push(quietly(STAGE));
    if (own.length > 0) lines.push(quietly(own));
    lines.push(...(boots !== null && boots === booted ? examples.slice(1) : examples).map(noted));
    booted =
      own.length > 0 || examples.slice(boots === null ? 0 : 1).some((line) => SPOILS.test(line)) ? '' : boots;
  }
  const script = [setUp, ': >failed', quietly(['memcg speed 20']), ...lines, 'echo all >typed'].join('\n');
  const { stderr } = sandbox.run('bash', script, '', longest);
  if (!existsSync(join(folder, 'typed'))) return ['not all of them could be typed in time'];
  const failed = readFileSync(join(folder, 'failed'), 'utf8');
  return `${failed}${stderr}`.split('\n').filter((line) => line !== '');
}

/** It is typed, and if it fails, that and what it said is noted. */
function noted(example: string): string {
  const typed = ENDLESS.test(example) ? `timeout --signal=INT 2 ${example} || true` : example;
  const note = `{ printf '%s: %s\\n' '${example.replaceAll("'", "'\\''")}' $?; cat said; } >>failed`;
  const least = FINDS.test(example) ? '[ $? -eq 1 ] || ' : '';
  return `{ ${typed}\n} >said 2>&1 </dev/null || ${least}${note}`;
}

const quietly = (lines: readonly string[]): string => `{ ${lines.join('; ')}; } >/dev/null 2>&1`;
