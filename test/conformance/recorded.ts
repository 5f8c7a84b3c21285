import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Answer, Kind } from '../../src/conform/kind.ts';
import { runRecording } from '../../src/conform/recording.ts';

export function recordingOf(kind: Kind): string {
  const bytes = readFileSync(fileURLToPath(new URL(`recordings/${kind.recording}`, import.meta.url)));
  return (kind.recording.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** One test for each case of a recording; `sentence` makes its title of the case's name. */
export function testRecording(
  kind: Kind,
  sentence: (name: string) => string,
  leftOut: readonly string[] = [],
): void {
  const { answers, skipped } = runRecording(kind, recordingOf(kind));
  const cases = new Map<string, Answer[]>();
  for (const answer of answers) cases.set(answer.case, [...(cases.get(answer.case) ?? []), answer]);

  for (const [name, all] of cases) {
    test(sentence(name), () => {
      const differ = all.filter(({ agrees }) => !agrees);
      expect(differ.map(({ field, recorded, found }) => ({ field, recorded, found }))).toEqual([]);
    });
  }

  test('no line and no field of the recording is left out, but what is named', () => {
    expect(cases.size).toBeGreaterThan(0);
    expect([...new Set(skipped.map(({ why }) => why))]).toEqual(leftOut);
  });
}
