import { isSystemError } from '../script/script-files.ts';
import type { TraceOpener } from '../script/traces.ts';
import { openTrace } from './open-trace.ts';
import { TraceError } from './trace-error.ts';
import { parseTraceFormat } from './trace-format.ts';

/** Gives scripts the recorded traces that this program can read. */
export const traceOpener: TraceOpener = {
  fault: (format) => {
    const parsed = parseTraceFormat(format);
    return parsed.ok ? null : `--format ${format}: ${parsed.why}`;
  },
  open: (path, format, signal) =>
    openTrace(path, { ...(format !== null && { format }), ...(signal !== null && { signal }) }),
  isFault: (error): error is Error => error instanceof TraceError || isSystemError(error),
};
