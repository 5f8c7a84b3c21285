/**
 * kernel/sched/psi.c, psi_trigger_create() and update_triggers(): who has written `some 150000 1000000` to a pressure
 * file, and polls it, is told when tasks were held up for so long (us) within such a window (us).
 */

/** us */
const WINDOW_MIN = 500_000;
const WINDOW_MAX = 10_000_000;
const UPDATES_PER_WINDOW = 10;

/** Times are us. */
export interface PsiTrigger {
  readonly kind: 'some' | 'full';
  readonly threshold: number;
  readonly window: number;
  /** struct psi_window: since when it counts, what the total was then, and what the window before had grown by. */
  start: number;
  startTotal: number;
  grownBefore: number;
  /** The total at the last look; when the next is due; and until when somebody is to look, unless more is held up. */
  total: number;
  nextUpdate: number;
  pollingUntil: number;
  lastEvent: number;
  /** The threshold was met, and is to be told once a window has passed since the last time. */
  pending: boolean;
}

/** null: EINVAL. */
export function parseTrigger(text: string): PsiTrigger | null {
  const [, kind, first, second] = /^(some|full)\s*(\d+)\s*(?<=\s)(\d+)/.exec(text) ?? [];
  // sscanf() stores 32 bits of each.
  const [threshold, window] = [first, second].map((digits) => Number(BigInt(digits ?? 0) & 0xffff_ffffn));
  if ((kind !== 'some' && kind !== 'full') || threshold === undefined || window === undefined) return null;
  if (window < WINDOW_MIN || window > WINDOW_MAX || threshold === 0 || threshold > window) return null;
  const never = { pollingUntil: -1, lastEvent: -Infinity, pending: false };
  return {
    kind,
    threshold,
    window,
    start: 0,
    startTotal: 0,
    grownBefore: 0,
    total: -1,
    nextUpdate: 0,
    ...never,
  };
}

/** psi_poll_work(): a look at the clock and at the total of its kind. True: there is an event. */
export function lookAtTrigger(trigger: PsiTrigger, now: number, total: number): boolean {
  const stalled = trigger.total >= 0 && total !== trigger.total;
  const period = trigger.window / UPDATES_PER_WINDOW;
  if (now > trigger.pollingUntil) {
    trigger.total = total;
    if (!stalled) return false;
    resetWindow(trigger, now, total, 0);
    trigger.pollingUntil = now + trigger.window;
    trigger.nextUpdate = now + period;
    return false;
  }
  if (now < trigger.nextUpdate) return false;
  trigger.nextUpdate = now + period;
  if (stalled) trigger.pollingUntil = now + trigger.window;
  trigger.total = total;
  if (stalled && growth(trigger, now, total) >= trigger.threshold) trigger.pending = true;
  if (!trigger.pending || now < trigger.lastEvent + trigger.window) return false;
  trigger.lastEvent = now;
  trigger.pending = false;
  return true;
}

function resetWindow(trigger: PsiTrigger, now: number, total: number, grown: number): void {
  trigger.start = now;
  trigger.startTotal = total;
  trigger.grownBefore = grown;
}

/** window_update(): what is not over yet counts with its share of the window before. */
function growth(trigger: PsiTrigger, now: number, total: number): number {
  const elapsed = now - trigger.start;
  const grown = total - trigger.startTotal;
  if (elapsed > trigger.window) {
    resetWindow(trigger, now, total, grown);
    return grown;
  }
  return grown + Math.floor((trigger.grownBefore * (trigger.window - elapsed)) / trigger.window);
}
