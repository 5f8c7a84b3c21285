import { expect, it } from 'vitest';
import { selfSizing } from '../../../src/workload/record/self-sizing.ts';

const of = (name: string, words: string[] = [], environment: string[] = []) =>
  selfSizing({ name, words: [name, ...words], environment });

it.each([
  ['node', ['server.js'], [], 'Node'],
  ['java', ['-jar', 'a.jar'], [], 'JVM'],
  ['server', [], ['GOMEMLIMIT=400MiB'], 'GOMEMLIMIT=400MiB'],
  ['postgres', ['-D', '/data'], [], 'PostgreSQL'],
  ['mysqld', [], [], 'MySQL'],
  ['mariadbd', [], [], 'MySQL'],
  ['redis-server', [], [], 'maxmemory'],
  ['mongod', [], [], 'MongoDB'],
])('%s %j sizes itself by its limit', (name, words, environment, why) => {
  expect(of(name, words, environment)).toContain(why);
});

it.each([
  ['a program that nothing is known of', 'sort', [], []],
  ['a heap that is given', 'node', ['--max-old-space-size=512', 'server.js'], []],
  ['one given by the environment', 'node', ['server.js'], ['NODE_OPTIONS=--max-old-space-size=512']],
  ['a heap of Java', 'java', ['-Xmx1g', '-jar', 'a.jar'], []],
  ['what is switched off', 'server', [], ['GOMEMLIMIT=off']],
])('%s is not warned of', (_, name, words, environment) => {
  expect(of(name, words, environment)).toBeNull();
});
