import type { Owner, Stat } from '../machine/machine.ts';

/**
 * Whose mount it is, in the numbers of the system. In the machine he is the superuser: his
 * ids are its 0, and what is its 0's is his.
 */
export const insideIds = (owner: Owner, { uid, gid }: Owner): Owner => ({
  uid: uid === owner.uid ? 0 : uid,
  gid: gid === owner.gid ? 0 : gid,
});

/** As the mount shows it. */
export const shownStat = (owner: Owner, stat: Stat): Stat => ({
  ...stat,
  uid: stat.uid === 0 ? owner.uid : stat.uid,
  gid: stat.gid === 0 ? owner.gid : stat.gid,
});
