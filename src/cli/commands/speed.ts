import { Command } from 'commander';
import type { Speed } from '../../session/protocol.ts';
import { misuse, onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg speed N|max` */
export function command(): Command {
  return new Command('speed')
    .description('Sets how many virtual seconds pass in each second on the wall; at first 1.')
    .argument('<n>', 'a number above 0 such as 0.1 or 10, or max: as fast as this computer goes')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg speed 10')
    .action(async (text: string, given: SessionGiven) => {
      const speed = readSpeed(text);
      if (speed === null) return misuse(`speed: '${text}' is neither a number above 0 nor max`);
      await onSession(given, { boot: 'if-needed' }, async (client) => {
        await client.request('speed', { speed });
      });
    });
}

/** `2`, `0.5`, `10x`, `max`; null for anything else. */
export function readSpeed(text: string): Speed | null {
  if (text === 'max') return 'max';
  const digits = /^(\d+(?:\.\d+)?)x?$/.exec(text);
  const speed = digits === null ? 0 : Number(digits[1]);
  return speed > 0 && Number.isFinite(speed) ? speed : null;
}
