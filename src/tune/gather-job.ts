import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { decodeText } from '../kernel/text.ts';
import { controlFileNamed, type KernelVersion } from '../machine/kernels.ts';
import { allOptions, DEFAULT_OPTIONS, type MachineOptions } from '../machine/machine.ts';
import type { Command, TraceWords } from '../script/command.ts';
import { fault } from '../script/input-file.ts';
import { withOptions } from '../script/options.ts';
import { fullName, shown } from '../script/paths.ts';
import { Place } from '../script/place.ts';
import type { RunError } from '../script/result.ts';
import type { BootScript } from '../script/run.ts';
import { besideScript, isSystemError, STDIN, systemText } from '../script/script-files.ts';
import type { TraceOpener } from '../script/traces.ts';

import type { Job, JobScript } from './job.ts';
import { parsedLines } from './run/parsed-texts.ts';

/** What a job is made of. */
export interface JobSources extends Pick<Job, 'group' | 'options' | 'warmup'> {
  readonly boot: BootScript;
  readonly scripts: readonly string[];
  /** What `-` among the scripts stands for. */
  readonly stdin: Uint8Array;
  readonly traces: TraceOpener;
}

/**
 * Reads the scripts and all that they include, and fingerprints the traces that they read. A RunError when
 * something can't be read, a line is a mistake, or it sets marks of the group itself.
 */
export async function gatherJob(sources: JobSources): Promise<Job | RunError> {
  const { boot: booting, group, options, warmup } = sources;
  const gathering = new Gathering(sources);
  const given = typeof booting === 'string' ? await gathering.script(booting, false) : null;
  if (given !== null && 'kind' in given) return given;
  const scripts: JobScript[] = [];
  const kernels = new Map<KernelVersion, string>();
  for (const name of sources.scripts) {
    const read = await gathering.script(name, true);
    if ('kind' in read) return read;
    const all = allOptions(withOptions(withOptions(given?.options ?? {}, read.options), options));
    if (!all.wmarks) return mistake(`${name}: its machine has no watermarks (wmarks=off)`);
    kernels.set(all.kernel, name);
    scripts.push({ name, sha256: read.sha256, memory: all.memory, policy: all.policy });
  }
  const [[kernel, first], other] = kernels;
  if (other !== undefined)
    return mistake(
      `${first} runs on ${kernel}, and ${other[1]} on ${other[0]}: say --kernel, or tune each by itself`,
    );
  const boots = typeof booting === 'function' ? bootsOn(booting, kernel) : null;
  for (const path of new Set(boots === null ? [] : Object.values(boots))) {
    const read = await gathering.script(path, false);
    if ('kind' in read) return read;
  }
  const { texts, traces } = gathering;
  return {
    scripts,
    texts,
    traces,
    boot: typeof booting === 'function' ? null : booting,
    group,
    options: kernel === DEFAULT_OPTIONS.kernel ? options : { ...options, kernel },
    warmup,
    ...boots,
  };
}

/** memcg's own: with the kernel's own policy, and where a point sets all the marks there are. */
const bootsOn = (booting: Exclude<BootScript, string | null>, kernel: KernelVersion) => ({
  boot: booting({ kernel }),
  bootOfOthers: booting({ kernel, policy: 'none' }),
});

const mistake = (message: string): RunError => faultAt(new Place(), 'mistake', message);

interface Read {
  readonly sha256: string;
  /** Of its first command, if that is `machine`. */
  readonly options: Partial<MachineOptions>;
}

class Gathering {
  readonly texts: Record<string, string> = {};
  readonly traces: Record<string, string> = {};
  readonly #sources: JobSources;

  constructor(sources: JobSources) {
    this.#sources = sources;
  }

  /** A script with all that it includes. `tuned`: it must not set marks itself. */
  async script(name: string, tuned: boolean): Promise<Read | RunError> {
    const found: Found = { hash: createHash('sha256'), visited: new Set(), options: null, tuned };
    const fault = await this.#visit(name, found);
    return fault ?? { sha256: found.hash.digest('hex'), options: found.options ?? {} };
  }

  async #visit(path: string, found: Found): Promise<RunError | null> {
    // A script that includes itself is told so when it runs.
    if (found.visited.has(path)) return null;
    found.visited.add(path);
    const text = await this.#text(path);
    if (typeof text !== 'string') return text;
    found.hash.update(`script ${text.length}\n`).update(text);
    for (const { first, lines, parsed = [], mistake } of parsedLines(text)) {
      for (const [index, each] of parsed.entries()) {
        const place = new Place().move(path, first + index, lines[index]);
        if (each.kind === 'mistake') return place.endWithMistake(each.mistake);
        if (each.kind === 'nothing') continue;
        place.column = each.column;
        const fault = await this.#command(each.command, place, found);
        if (fault !== null) return fault;
      }
      if (mistake !== null) return new Place().move(path, first + lines.length, '').endWithMistake(mistake);
    }
    return null;
  }

  async #command(command: Command, place: Place, found: Found): Promise<RunError | null> {
    const { group } = this.#sources;
    found.options ??= command.name === 'machine' ? command.options : {};
    if (command.name === 'include') return this.#visit(besideScript(place.file, command.path), found);
    if ((command.name === 'run' || command.name === 'start') && command.behaviour.kind === 'trace')
      return this.#trace(command.behaviour, place, found.hash);
    if (!found.tuned) return null;
    const mark = ownMark(command, group);
    if (mark === null) return null;
    const message = `this line sets ${mark} of ${shown(group)}, which tune is to find`;
    return faultAt(
      place,
      'mistake',
      message,
      "take it out, or let it be for when nobody else does: 'set --weak'",
    );
  }

  async #text(path: string): Promise<string | RunError> {
    const known = this.texts[path];
    if (known !== undefined) return known;
    try {
      const text = decodeText(path === STDIN ? this.#sources.stdin : await bytesOf(path));
      this.texts[path] = text;
      return text;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return faultAt(new Place(), 'world', `${path}: ${systemText(error)}`);
    }
  }

  async #trace({ path: named, format }: TraceWords, place: Place, hash: Hash): Promise<RunError | null> {
    const { traces } = this.#sources;
    const path = besideScript(place.file, named);
    const fault = format === null ? null : traces.fault(format);
    if (fault !== null) return faultAt(place, 'mistake', fault);
    try {
      const source = await traces.open(path, format, null);
      const sha256 = await source.sha256();
      await source.close();
      this.traces[path] = sha256;
      hash.update(`trace ${sha256}\n`);
      return null;
    } catch (error) {
      if (!traces.isFault(error)) throw error;
      return faultAt(place, 'world', error.message);
    }
  }
}

const faultAt = (place: Place, kind: RunError['kind'], message: string, why = ''): RunError =>
  place.endWith({ ok: false, kind, message, why, errno: null });

/** What is found on the way through one script. */
interface Found {
  readonly hash: Hash;
  readonly visited: Set<string>;
  options: Partial<MachineOptions> | null;
  readonly tuned: boolean;
}

/** What a line says that sets a mark of the group itself, which tune is to find: the file's name; else null. */
function ownMark(command: Command, group: string): string | null {
  switch (command.name) {
    case 'fails':
      return ownMark(command.command, group);
    case 'write':
      return (command.file.cgroup ?? group) === group ? knob(command.file.name) : null;
    case 'set':
      if (command.weak || command.cgroup !== group) return null;
      return command.values.map(({ name }) => knob(name)).find((name) => name !== null) ?? null;
    default:
      return null;
  }
}

const knob = (name: string): string | null => {
  const full = fullName(name);
  return controlFileNamed(full)?.steers ? full : null;
};

/** All that a file or a pipe holds. Throws what the file system throws, and for what never ends. */
async function bytesOf(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of createReadStream(path)) {
    length += piece.length;
    if (length > MOST)
      throw fault(path, 'EFBIG', `a script that is run many times has ${MOST >> 20} MiB at most`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** It is kept in memory. */
const MOST = 256 << 20;
