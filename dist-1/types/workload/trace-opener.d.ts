import type { TraceOpener } from '../script/traces.ts';
/**
 * Gives scripts the recorded traces that this program can read. The reader of traces is loaded with the first of
 * them: most scripts have none, and start sooner.
 */
export declare const traceOpener: TraceOpener;
