import type { Assignment } from '../command.ts';
import { type Entry, entry } from '../entry.ts';
import { CGROUP, FILE, FILE_KEY, MODE, OWNER, TEXT, whole } from '../kinds.ts';
import { Mistake } from '../mistake.ts';
import { flag, type Kind, maybe, one, option, options, several, word } from '../signature.ts';

/** cgroups and their control files. */

const human = flag('-h', 'sizes as people read them');

const ASSIGNMENT: Kind<Assignment> = word(
  'assignment',
  ({ text, column }) => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new Mistake(`'${text}' is not NAME=VALUE`, column);
    return { name: text.slice(0, equals), value: text.slice(equals + 1), column };
  },
  { dashes: true },
);

/** A date of today is far beyond what virtual time reaches. */
const FILE_TIME = whole(0, 2 ** 63);

/** A file's name without a cgroup. */
const NAME: Kind<string> = word('file', ({ text, column }) => {
  if (text === '' || text.includes('/')) throw new Mistake(`'${text}' is not a file's name alone`, column);
  return text;
});

export const FILES: readonly Entry[] = [
  entry({
    word: 'ls',
    family: 'files',
    summary: 'list the cgroups and files of a cgroup (default: the root)',
    example: 'ls -R default',
    parts: { cgroup: maybe(CGROUP, 'CGROUP', '/'), recursive: flag('-R', 'and of all below it') },
    build: (values) => ({ name: 'ls', ...values }),
  }),
  entry({
    word: 'tree',
    family: 'files',
    summary: 'show the cgroups below one (default: the root) with usage and marks',
    example: 'tree',
    parts: { cgroup: maybe(CGROUP, 'CGROUP', '/') },
    build: (values) => ({ name: 'tree', ...values }),
  }),
  entry({
    word: 'cat',
    aliases: ['read'],
    family: 'files',
    summary: 'print control files; FILE:KEY is one line of a file of names and values',
    example: 'cat usage_in_bytes default/memory.stat:cache',
    parts: { files: several(FILE_KEY, 'FILE'), human },
    build: (values) => ({ name: 'cat', ...values }),
  }),
  entry({
    word: 'write',
    family: 'files',
    summary: 'write the bytes of TEXT to a control file, no newline added',
    example: 'write high_wmark_in_bytes 64M',
    parts: { file: one(FILE, 'FILE', true), text: one(TEXT, 'TEXT') },
    build: (values) => ({ name: 'write', ...values }),
  }),
  entry({
    word: 'open',
    family: 'files',
    summary: 'keep a control file open, as a program does',
    example: 'open high_wmark_in_bytes',
    parts: { file: one(FILE, 'FILE') },
    build: (values) => ({ name: 'open', ...values }),
  }),
  entry({
    word: 'rewrite',
    family: 'files',
    summary: 'write to a control file that is kept open, wherever its cgroup is by now, and if it is gone',
    example: 'rewrite high_wmark_in_bytes 64M',
    parts: { file: one(FILE, 'FILE', true), text: one(TEXT, 'TEXT') },
    build: (values) => ({ name: 'rewrite', ...values }),
  }),
  entry({
    word: 'close',
    family: 'files',
    summary: 'close a control file that is kept open',
    example: 'close high_wmark_in_bytes',
    parts: { file: one(FILE, 'FILE') },
    build: (values) => ({ name: 'close', ...values }),
  }),
  entry({
    word: 'mkdir',
    family: 'files',
    summary: 'make cgroups',
    example: 'mkdir -p web/db',
    parts: {
      parents: flag('-p', 'and those above them; no error if they exist'),
      mode: option('-m', MODE, 'MODE', undefined, 'permissions, in octal'),
      owner: option('--owner', OWNER, 'UID:GID', undefined, 'whose they are'),
      cgroups: several(CGROUP, 'CGROUP'),
    },
    build: (values) => ({ name: 'mkdir', ...values }),
  }),
  entry({
    word: 'rmdir',
    family: 'files',
    summary: 'remove cgroups that have no tasks',
    example: 'rmdir default',
    parts: { recursive: flag('-r', 'those below them first'), cgroups: several(CGROUP, 'CGROUP') },
    build: (values) => ({ name: 'rmdir', ...values }),
  }),
  entry({
    word: 'mv',
    family: 'files',
    summary: 'rename a cgroup within its parent',
    example: 'mv default batch',
    parts: { from: one(CGROUP, 'CGROUP'), to: one(CGROUP, 'NEW') },
    build: (values) => ({ name: 'mv', ...values }),
  }),
  entry({
    word: 'chmod',
    family: 'files',
    summary: 'set the permissions of a cgroup or a control file, in octal',
    example: 'chmod 0600 default/memory.limit_in_bytes',
    parts: { mode: one(MODE, 'MODE'), path: one(CGROUP, 'PATH') },
    build: (values) => ({ name: 'chmod', ...values }),
  }),
  entry({
    word: 'chown',
    family: 'files',
    summary: 'set the owner of a cgroup or a control file',
    example: 'chown 1000:1000 default',
    parts: { owner: one(OWNER, 'UID:GID'), path: one(CGROUP, 'PATH') },
    build: (values) => ({ name: 'chown', ...values }),
  }),
  entry({
    word: 'utimes',
    family: 'files',
    summary: 'set the times of a cgroup or a control file, in ns since boot',
    example: 'utimes 0 1000000000 default',
    parts: { atime: one(FILE_TIME, 'ATIME'), mtime: one(FILE_TIME, 'MTIME'), path: one(CGROUP, 'PATH') },
    build: (values) => ({ name: 'utimes', ...values }),
  }),
  entry({
    word: 'get',
    family: 'files',
    summary: "print a cgroup's files as libcgroup's cgget does",
    example: 'get -r limit_in_bytes -r failcnt default',
    parts: {
      noHeaders: flag('-n', 'without the path'),
      valuesOnly: flag('-v', 'without the names'),
      names: options('-r', NAME, 'NAME', 'this file; may be given again'),
      human,
      cgroups: several(CGROUP, 'CGROUP'),
    },
    build: (values) => ({ name: 'get', ...values }),
  }),
  entry({
    word: 'set',
    family: 'files',
    summary: 'write several files, the marks in an order that the kernel allows',
    example: 'set default low_wmark_in_bytes=48M high_wmark_in_bytes=56M',
    parts: {
      weak: flag('--weak', 'not when replay was given --limit'),
      cgroup: one(CGROUP, 'CGROUP', true),
      values: several(ASSIGNMENT, 'NAME=VALUE'),
    },
    build: ({ weak, ...values }) => ({ name: 'set', ...values, ...(weak && { weak }) }),
  }),
];
