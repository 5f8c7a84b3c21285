import { isSystemError } from '../script/script-files.ts';
import type { TraceOpener } from '../script/traces.ts';
import { parseTraceFormat } from './trace-format.ts';

/**
 * Gives scripts the recorded traces that this program can read. The reader of traces is loaded with the first of
 * them: most scripts have none, and start sooner.
 */
export const traceOpener: TraceOpener = {
  fault: (format) => {
    const parsed = parseTraceFormat(format);
    return parsed.ok ? null : `--format ${format}: ${parsed.why}`;
  },
  open: async (path, format, signal) => {
    const { openTrace } = await import('./open-trace.ts');
    return openTrace(path, { ...(format !== null && { format }), ...(signal !== null && { signal }) });
  },
  // By its name: what was loaded late has a class of its own.
  isFault: (error): error is Error =>
    error instanceof Error && (error.name === 'TraceError' || isSystemError(error)),
};
