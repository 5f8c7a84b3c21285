import { describe, test } from 'vitest';
import { liveMany } from '../../support/lives.ts';
import { FOUND, life, live } from './lives.ts';

const LIVES = Number(process.env['MEMCG_LIVES'] ?? 150);

describe("a sweep's folder, whatever becomes of its processes, its workers and its disk,", () => {
  test.each(Object.entries(FOUND))('goes on well where %s', (_, each) => live(each, new Map()));

  test(
    `has what was told, and nothing else, and comes to the report of an undisturbed one: ${LIVES} lives`,
    () => liveMany(LIVES, life, live),
    600_000,
  );
});
