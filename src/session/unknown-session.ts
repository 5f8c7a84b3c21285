import { suggestion } from '../script/nearest.ts';
import { sessionNameMistake, sessionNames } from './folders.ts';

/** For who only looks: that there never was a session of this name, which is a slip of the pen; null: there was. */
export function unknownSession(session: string): string | null {
  const names = sessionNames();
  if (sessionNameMistake(session) !== null || names.includes(session)) return null;
  const near = suggestion(session, names) || `: \`memcg --session ${session} up\` boots one`;
  return `there is no session ${session}${near}`;
}
