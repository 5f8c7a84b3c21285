import { describe, expect, test } from 'vitest';
import { aboutOf } from '../../../src/cli/completion/about.ts';
import { candidates } from '../../../src/cli/completion/candidates.ts';
import type { Names } from '../../../src/cli/completion/line-candidates.ts';
import { bashReply, splitTyped, typedWord } from '../../../src/cli/completion/shell-words.ts';
import { controlFileNamed, policyNamed } from '../../../src/machine/kernels.ts';

const FILES = ['memory.stat', 'memory.failcnt', 'memory.usage_in_bytes', 'tasks'];

const names: Names = {
  cgroups: async () => ['/', '/default', '/web', '/web/db'],
  files: async () => FILES,
  tasks: async () => ['reader', 'writer'],
  sessions: async () => ['default', 'whatif'],
};

const nobody: Names = {
  cgroups: async () => [],
  files: async () => null,
  tasks: async () => [],
  sessions: async () => [],
};

/** `|` is the cursor. */
function complete(line: string, from = names): Promise<string[]> {
  const { words, current } = splitTyped(line.replace(/\|.*/, ''));
  return candidates(words, current, '/default', from);
}

describe('completion', () => {
  test.each([
    ['wri|', ['write']],
    ['st|', ['start', 'stat', 'status', 'step', 'stop']],
    ['cat us|', ['usage_in_bytes']],
    ['cat mem|', ['memory.failcnt', 'memory.stat', 'memory.usage_in_bytes']],
    ['cat web/|', ['web/db/', 'web/failcnt', 'web/stat', 'web/tasks', 'web/usage_in_bytes']],
    ['cat failcnt web/db/t|', ['web/db/tasks']],
    ['ls w|', ['web', 'web/db']],
    ['ls /w|', ['/web', '/web/db']],
    ['ls -|', ['-R']],
    ['rmdir web |', ['/', 'default', 'web', 'web/db']],
    ['kill -S|', ['-STOP']],
    ['kill -STOP r|', ['reader']],
    ['run r|', ['reader']],
    ['run reader s|', ['sleep', 'stream']],
    ['run reader stream data.img 1M --r|', ['--random', '--rate']],
    ['run reader touch a|', ['all']],
    ['run reader touch all --pattern |', []],
    ['expect failcnt |', ['!=', '<', '<=', '==', '>', '>=']],
    ['expect failcnt -g|', ['-ge', '-gt']],
    ['watch web/f|', ['web/failcnt']],
    ['watch failcnt -l|', ['-le', '-lt']],
    ['wait r|', ['reader']],
    ['wait failcnt == 0 --w|', ['--within']],
    ['fails EINVAL wr|', ['write']],
    ['fails EINVAL cat us|', ['usage_in_bytes']],
    ['set web us|', ['usage_in_bytes=']],
    ['fault failcnt EI|', ['EINTR', 'EINVAL', 'EIO', 'EISDIR']],
    ['fault failcnt EIO --on |', ['read', 'write']],
    ['-g w|', ['web', 'web/db']],
    ['--session w|', ['whatif']],
    ['-g web cat f|', ['failcnt']],
    ['--|', ['--group', '--help', '--json', '--session', '--version']],
    ['stat w|', ['web', 'web/db']],
    ['stat --j|', ['--json']],
    ['speed m|', ['max']],
    ['explore rm|', ['rmdir']],
    ['completion |', ['bash', 'fish', 'zsh']],
    ['help high|', ['high', 'high_wmark', 'high_wmark_distance', 'high_wmark_in_bytes']],
    ['help --s|', ['--schema']],
    ['help --schema ev|', ['events']],
    ['machine policy=al|', ['policy=alinux']],
    ['machine wm|', ['wmarks=']],
    ['up policy=al|', ['policy=alinux']],
    ['replay a.memcg --kernel |', ['2.6.26', '6.1']],
    ['tune --policy al|', ['alinux']],
    ['explore --memory-model |', ['sc', 'tso']],
    ['sessions |', ['rm']],
    ['sessions rm w|', ['whatif']],
    ['load |', []],
    ['cat "us|', ['usage_in_bytes']],
  ])('%s', async (line, expected) => {
    expect(await complete(line)).toEqual(expected);
  });

  test('knows words and files without a machine', async () => {
    expect(await complete('ca|', nobody)).toEqual(['calibrate', 'cat']);
    expect(await complete('cat fail|', nobody)).toEqual(['failcnt']);
    expect(await complete('ls |', nobody)).toEqual([]);
  });
});

describe('what a candidate is', () => {
  test.each([
    ['write', [], 'write the bytes of TEXT to a control file, no newline added'],
    ['top', [], 'the dashboard: graph, tree, time travel and what-if'],
    ['stream', ['run', 'reader'], 'read or write a file through the page cache'],
    ['web/failcnt', ['cat'], controlFileNamed('memory.failcnt')?.about],
    ['limit_in_bytes=', ['set', 'web'], controlFileNamed('memory.limit_in_bytes')?.about],
    ['--times', ['fault', 'failcnt', 'EIO'], 'so many, or all, instead of the next one'],
    ['--json', ['stat'], 'print one JSON object and nothing else'],
    ['none', ['replay', '--policy'], policyNamed('none').about],
    ['web', ['ls'], ''],
  ])('%s behind %j', async (candidate, words, about) => {
    expect(await aboutOf(candidate, words)).toBe(about);
  });
});

describe('a line that is being typed', () => {
  test.each([
    ['memcg cat ', ['memcg', 'cat'], ''],
    ['memcg "a b" c', ['memcg', 'a b'], 'c'],
    ["memcg 'a b", ['memcg'], 'a b'],
    ['memcg a\\ b', ['memcg'], 'a b'],
    ['', [], ''],
  ])('%j', (line, words, current) => {
    expect(splitTyped(line)).toMatchObject({ words, current });
  });

  test('gets names that have to be quoted as a shell reads them', () => {
    expect(typedWord('web/db')).toBe('web/db');
    expect(typedWord("it's a $name")).toBe("it\\'s\\ a\\ \\$name");
    expect(typedWord('two\nlines')).toBeNull();
  });

  test('gets from bash what follows the last = or : that bash broke it at', () => {
    expect(bashReply('memory.stat:cache', 'memory.stat:c')).toBe('cache');
    expect(bashReply('limit_in_bytes=', 'lim')).toBe('limit_in_bytes=');
  });
});
