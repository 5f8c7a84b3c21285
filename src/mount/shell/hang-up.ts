import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What is hung up on has so many looks of so many ms to go by itself, and what is killed too. */
const LOOKS = 50;
const LOOK = 20;

/**
 * Ends all that a shell's command has begun, as when a terminal is closed, and by force what stays: what is in its
 * mount namespace (as /proc has it; of none nothing is ended) and of its session.
 */
export async function hangUp(namespace: string, session: string): Promise<void> {
  const all = (): number[] => commandsIn(namespace, session);
  signal(all(), 'SIGHUP');
  signal(all(), 'SIGCONT');
  for (let looks = 0; looks < LOOKS && all().length > 0; looks += 1) await aLook();
  // Again and again, since who is hit may just have begun another.
  for (let looks = 0; looks < LOOKS && all().length > 0; looks += 1) {
    signal(all(), 'SIGKILL');
    await aLook();
  }
}

const aLook = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK));

function signal(pids: readonly number[], which: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, which);
    } catch {
      // It has ended.
    }
  }
}

/** Processes in that mount namespace whose session is this one (environ(5)): what clears up there has none. */
function commandsIn(namespace: string, session: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.map(Number).filter((pid) => {
    try {
      if (readlinkSync(`/proc/${pid}/ns/mnt`) !== namespace) return false;
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`MEMCG_SESSION=${session}`);
    } catch {
      // It has ended, or is somebody else's.
      return false;
    }
  });
}
