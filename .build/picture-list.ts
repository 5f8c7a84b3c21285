/** A fixture, and the options of `memcg replay` that its picture is drawn with. */
export type Picture = readonly [fixture: string, ...options: string[]];

export const PICTURES: readonly Picture[] = [
  ['rfc-dd', '--compare'],
  ['hysteresis'],
  ['spinning'],
  ['oom'],
  ['real-trace'],
  ['recorded/npm-ci', '--limit', '416M', '--compare'],
  ['recorded/compile', '--limit', '480M', '--compare'],
  ['recorded/sqlite', '--limit', '64M', '--compare'],
];

/** What follows `memcg`, from the project's folder. */
export const argumentsOf = ([fixture, ...options]: Picture, file: string): string[] => [
  'replay',
  `fixtures/${fixture}.memcg`,
  '--svg',
  file,
  ...options,
];
