/** The label of a mark in a picture: shorter where all are one, and pointing up where it lies above what is shown. */
export function markLabel(label: string, above: boolean, wide: boolean): string {
  const text = label.replace('limit = high = low', wide ? 'all marks' : 'all');
  return above ? `${text.replace(/ (start|stop)$/, '')} ↑` : text;
}
