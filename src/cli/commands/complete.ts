import { SessionError } from '../../session/session-error.ts';
import { candidates } from '../completion/candidates.ts';
import { LiveNames } from '../completion/live-names.ts';
import { bashReply, splitTyped, typedWord } from '../completion/shell-words.ts';
import { readInvocation } from '../invocation.ts';
import { chosenGroup, chosenSession } from '../options/session.ts';

/**
 * `memcg __complete bash LINE`, or `memcg __complete words -- WORD... CURRENT`: what shells ask. Prints what the
 * word at the cursor can become, one a line; whatever goes wrong, it says nothing and spoils nobody's prompt.
 */
export async function complete([shell, ...rest]: readonly string[]): Promise<void> {
  const typed = shell === 'bash' ? splitTyped(rest[0] ?? '') : null;
  const words = typed?.words.slice(1) ?? rest.slice(1, -1);
  const current = typed?.current ?? rest.at(-1) ?? '';
  const given = readInvocation(words);
  const chosen = chosenSession('misused' in given ? null : given.session);
  if ('misused' in chosen) return;
  const names = new LiveNames(chosen.session);
  try {
    const group = chosenGroup('misused' in given ? null : given.group);
    for (const each of await candidates(words, current, group, names)) {
      const word = typed === null ? each : typedWord(each);
      if (word !== null) process.stdout.write(`${typed === null ? word : bashReply(word, typed.raw)}\n`);
    }
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
  } finally {
    await names.close();
  }
}
