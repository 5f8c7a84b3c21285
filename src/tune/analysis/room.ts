import type { Rated } from './findings.ts';

/** More CPU, as a share of one, that nobody would notice. */
const NOTICED = 0.001;
/** Less room than this many times as much is not worth another figure. */
const MORE_ROOM = 2;

/** What lies between high and the limit takes what the reclaimer is too late for. */
const roomOf = ({ marks }: Rated): number => marks.limit - marks.high;

/**
 * The cheapest marks lie where it is nearly too late, and a burst that no run has shown meets the limit there.
 * Of the marks as good in all but CPU, and in that by no more than anybody notices, those with the most room
 * between high and the limit. `rated` is in order.
 */
export function roomierThan(best: Rated, rated: readonly Rated[]): Rated | null {
  if (best.region !== 'fine') return null;
  const most = best.figures.cpuShare + NOTICED;
  const found = rated
    .filter(({ region, figures }) => region === 'fine' && figures.cpuShare <= most)
    .filter(({ figures }) => figures.refaults <= best.figures.refaults)
    .reduce((widest, each) => (roomOf(each) > roomOf(widest) ? each : widest), best);
  return roomOf(found) >= roomOf(best) * MORE_ROOM && found !== best ? found : null;
}
