/** What a picture is called, and the command that draws it: what follows `memcg`, less `--svg`. */
export type Picture = readonly [name: string, ...command: string[]];

const replay = (fixture: string, ...options: string[]): Picture => [
  fixture.replace(/^.*\//, ''),
  'replay',
  `fixtures/${fixture}.memcg`,
  ...options,
];

export const PICTURES: readonly Picture[] = [
  replay('rfc-dd', '--compare'),
  replay('hysteresis'),
  replay('spinning'),
  replay('oom'),
  replay('real-trace'),
  replay('recorded/npm-ci', '--limit', '700M', '--compare'),
  replay('recorded/compile', '--limit', '840M', '--compare'),
  replay('recorded/sqlite', '--limit', '32M', '--compare'),
  ['tune', 'tune', 'fixtures/recorded/sqlite.memcg', '--limit', '32M'],
];

/** What follows `memcg`, from the project's folder. */
export const argumentsOf = ([, ...command]: Picture, file: string): string[] => [...command, '--svg', file];
