import { quoted, TraceError } from '../trace-error.ts';
import type { Table } from './table.ts';

const NAMES = ['time', 'metric', 'value'];

/**
 * The answers of /api/v1/query_range (Prometheus HTTP API), one behind the other or in a list, as rows of time,
 * metric and value. Throws a TraceError if they are none.
 */
export function addMatrices(path: string, text: string, table: Table): void {
  let series = 0;
  for (const answer of answersIn(path, text)) {
    const { status, error, data = answer } = asRecord(answer);
    if (status === 'error')
      throw new TraceError(path, `Prometheus refused the query: ${quoted(String(error))}`);
    const { resultType = 'matrix', result } = asRecord(data);
    if (resultType !== 'matrix' || !Array.isArray(result)) {
      throw new TraceError(
        path,
        `this is no result of a range query, but ${quoted(String(resultType))}: ask /api/v1/query_range`,
      );
    }
    for (const { metric, values } of result.map(asRecord)) {
      const name = seriesName(asRecord(metric));
      series += 1;
      for (const point of Array.isArray(values) ? values : []) {
        if (Array.isArray(point)) table.add(NAMES, 1, [String(point[0]), name, String(point[1])], null);
        if (table.isFull) throw new TraceError(path, 'the result is too large: ask for fewer series');
      }
    }
  }
  if (series === 0) throw new TraceError(path, 'the result of the query has no series');
}

/** `container_memory_rss{pod="web-0"}`. */
function seriesName(metric: Readonly<Record<string, unknown>>): string {
  const labels = Object.entries(metric)
    .filter(([key]) => key !== '__name__')
    .map(([key, value]) => `${key}=${JSON.stringify(String(value))}`);
  return `${metric['__name__'] ?? ''}${labels.length === 0 ? '' : `{${labels.join(',')}}`}`;
}

function answersIn(path: string, text: string): unknown[] {
  try {
    const all: unknown = JSON.parse(text);
    return Array.isArray(all) ? all : [all];
  } catch {
    // One in each line, or one behind the other.
    const parts = text.split(/\r?\n(?=\s*\{)|(?<=\})\s*(?=\{"status")/).filter((part) => part.trim() !== '');
    try {
      return parts.map((part) => JSON.parse(part));
    } catch (error) {
      throw new TraceError(path, `this is no JSON: ${error instanceof Error ? error.message : ''}`);
    }
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
