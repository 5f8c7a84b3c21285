import { cgroupPath } from '../../script/paths.ts';
import { DEFAULT_SESSION, sessionNameMistake } from '../../session/folders.ts';

/** The session that is meant, or what is wrong with its name. */
export function chosenSession(given: string | null | undefined): { session: string } | { misused: string } {
  const session = given ?? (process.env['MEMCG_SESSION'] || DEFAULT_SESSION);
  const mistake = sessionNameMistake(session);
  return mistake === null ? { session } : { misused: mistake };
}

/** The cgroup where files and tasks are that name none; absolute. */
export const chosenGroup = (given: string | null | undefined): string =>
  cgroupPath(given ?? (process.env['MEMCG_GROUP'] || '/default'));
