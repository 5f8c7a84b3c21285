import { Command } from 'commander';
import { sessionNameMistake } from '../../session/folders.ts';
import { misuse, onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg fork NAME` */
export function command(): Command {
  return new Command('fork')
    .description("Makes a second session that goes on from this one's present: what if?")
    .argument('<name>', 'of the new session')
    .addOption(sessionOption())
    .addHelpText(
      'after',
      '\nExample\n  memcg fork whatif\n  memcg --session whatif write high_wmark_in_bytes 56M',
    )
    .action(async (name: string, given: SessionGiven) => {
      const mistake = sessionNameMistake(name);
      if (mistake !== null) return misuse(mistake);
      await onSession(given, { boot: 'if-needed' }, async (client) => {
        await client.request('fork', { name });
      });
    });
}
