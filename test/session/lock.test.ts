import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isHeld, releaseLock, takeLock } from '../../src/session/lock.ts';
import { Folder } from './sessions.ts';

describe('the lock of a session', () => {
  test('is had by one until it is given back', () => {
    using folder = new Folder();
    const path = folder.at('lock');
    expect(takeLock(path)).toBe(true);
    expect(isHeld(path)).toBe(true);
    expect(takeLock(path)).toBe(false);
    releaseLock(path);
    expect(existsSync(path)).toBe(false);
  });

  test('is taken from one who is dead, or whose pid is another process by now', () => {
    using folder = new Folder();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    for (const text of [`${dead} 1\n`, `${process.pid} 1\n`, 'no pid\n']) {
      const path = folder.at('lock');
      writeFileSync(path, text);
      expect(isHeld(path)).toBe(false);
      expect(takeLock(path)).toBe(true);
      expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
      expect(existsSync(`${path}.clearing`)).toBe(false);
      releaseLock(path);
    }
  });
});
