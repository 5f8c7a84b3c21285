import { expect, test } from 'vitest';
import { Mistake } from '../../../src/script/mistake.ts';
import { parseAddress } from '../../../src/tune/queue/address.ts';

test.each([
  ['redis://queue', { host: 'queue', port: 6379, db: 0, tls: false, shown: 'redis://queue:6379' }],
  ['redis://queue:7000/3', { host: 'queue', port: 7000, db: 3, shown: 'redis://queue:7000/3' }],
  ['redis://[::1]:7000/', { host: '::1', port: 7000, db: 0, shown: 'redis://[::1]:7000' }],
  ['rediss://me:p%40ss@queue', { username: 'me', password: 'p@ss', tls: true, shown: 'rediss://queue:6379' }],
  ['redis://:secret@queue', { username: undefined, password: 'secret', shown: 'redis://queue:6379' }],
])('%s is an address, shown without its password', (text, address) => {
  expect(parseAddress(text)).toMatchObject(address);
});

test.each([
  ['', 'this is no URL'],
  ['queue', 'this is no URL'],
  ['redis://:%zz@queue', 'this is no URL'],
  ['http://queue', 'http is not what Redis speaks'],
  ['redis://', 'it names no host'],
  ['redis://queue/points', 'points is no number of a database'],
  ['redis://queue/1/2', '1/2 is no number of a database'],
])('--queue %j is a mistake', (text, why) => {
  expect(parseAddress(text)).toEqual(
    new Mistake(`--queue: ${why}: redis://[[USER]:PASSWORD@]HOST[:PORT][/DB], or rediss:// for TLS`, 0),
  );
});
