import { fileURLToPath } from 'node:url';
import { openScriptStage } from '../../../src/dashboard/stage/open.ts';
import type { ScriptStage } from '../../../src/dashboard/stage/script-stage.ts';
import { type Nanoseconds, ns } from '../../../src/kernel/units.ts';
import { bootScriptFile } from '../../../src/script/package-files.ts';

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/${name}.memcg`, import.meta.url));

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const rest = { boot: bootScriptFile, group: '/default', options: {}, before: () => [] } as const;

export const openFixture = (name: string): Promise<ScriptStage> =>
  openScriptStage({ ...rest, script: fixture(name), stdin: once('') });

export const openLines = (
  lines: readonly string[],
  how: { readonly paused?: boolean } = {},
): Promise<ScriptStage> =>
  openScriptStage({ ...rest, ...how, script: '-', stdin: once(`${lines.join('\n')}\n`) });

export const ms = (time: number): Nanoseconds => ns(time * 1e6);

/** Steps on until the script has ended; `each` is called after every step. */
export async function toTheEnd(stage: ScriptStage, step = ms(50), each = (): void => {}): Promise<void> {
  while (stage.clock().ended === null) {
    await stage.step(step);
    each();
  }
}
