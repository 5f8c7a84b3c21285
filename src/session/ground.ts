import { type Disk, realDisk } from './disk.ts';
import { type Life, realLife } from './life.ts';
import { type Listen, listenAt } from './listen.ts';
import { realWall, type Wall } from './wall.ts';

/** What a session's server stands on: all that it knows of the system. */
export interface Ground {
  readonly disk: Disk;
  readonly wall: Wall;
  readonly life: Life;
  readonly listen: Listen;
}

export const realGround: Ground = { disk: realDisk, wall: realWall, life: realLife, listen: listenAt };
