/**
 * Places for labels on a line: each as near to where it belongs as the others allow. `at` are the
 * wished centres, ascending; `sizes` how long each label is. All stay between `least` and `most`
 * if they fit there at all, in their order, and none overlaps another.
 */
export function spread(
  at: readonly number[],
  sizes: readonly number[],
  least: number,
  most: number,
): number[] {
  const places: number[] = [];
  let edge = least;
  for (const [i, wish] of at.entries()) {
    const place = Math.max(wish, edge + sizes[i] / 2);
    places.push(place);
    edge = place + sizes[i] / 2;
  }
  edge = Math.max(most, least + sizes.reduce((sum, size) => sum + size, 0));
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i], edge - sizes[i] / 2);
    edge = places[i] - sizes[i] / 2;
  }
  return places;
}
