import {
  O_APPEND,
  O_CREAT,
  O_DIRECT,
  O_DIRECTORY,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
} from '../fs/handle.ts';
import { S_IFDIR, S_IFMT, S_IFREG } from '../fs/inode.ts';
import { wrongType, wrongValue } from './errors.ts';

/** Linux's numbers, as fs.constants has them there: the emulated machine's, wherever this runs. */

const O_SYNC = 0o4010000;

export const constants = {
  F_OK: 0,
  X_OK: 1,
  W_OK: 2,
  R_OK: 4,
  O_RDONLY,
  O_WRONLY,
  O_RDWR,
  O_CREAT,
  O_EXCL,
  O_NOCTTY: 0o400,
  O_TRUNC,
  O_APPEND,
  O_NONBLOCK: 0o4000,
  O_DSYNC: 0o10000,
  O_DIRECT,
  O_DIRECTORY,
  O_NOFOLLOW: 0o400000,
  O_NOATIME: 0o1000000,
  O_SYNC,
  S_IFMT,
  S_IFREG,
  S_IFDIR,
  S_IFCHR: 0o020000,
  S_IFBLK: 0o060000,
  S_IFIFO: 0o010000,
  S_IFLNK: 0o120000,
  S_IFSOCK: 0o140000,
  S_IRWXU: 0o700,
  S_IRUSR: 0o400,
  S_IWUSR: 0o200,
  S_IXUSR: 0o100,
  S_IRWXG: 0o070,
  S_IRGRP: 0o040,
  S_IWGRP: 0o020,
  S_IXGRP: 0o010,
  S_IRWXO: 0o007,
  S_IROTH: 0o004,
  S_IWOTH: 0o002,
  S_IXOTH: 0o001,
  COPYFILE_EXCL: 1,
} as const;

const WRITE = O_WRONLY | O_CREAT | O_TRUNC;
const APPEND = O_WRONLY | O_CREAT | O_APPEND;
const WRITE_PLUS = O_RDWR | O_CREAT | O_TRUNC;
const APPEND_PLUS = O_RDWR | O_CREAT | O_APPEND;

/** Node's, "File system flags". */
const FLAGS: ReadonlyMap<string, number> = new Map([
  ['r', O_RDONLY],
  ['rs', O_RDONLY | O_SYNC],
  ['sr', O_RDONLY | O_SYNC],
  ['r+', O_RDWR],
  ['rs+', O_RDWR | O_SYNC],
  ['sr+', O_RDWR | O_SYNC],
  ['w', WRITE],
  ['wx', WRITE | O_EXCL],
  ['xw', WRITE | O_EXCL],
  ['w+', WRITE_PLUS],
  ['wx+', WRITE_PLUS | O_EXCL],
  ['xw+', WRITE_PLUS | O_EXCL],
  ['a', APPEND],
  ['ax', APPEND | O_EXCL],
  ['xa', APPEND | O_EXCL],
  ['as', APPEND | O_SYNC],
  ['sa', APPEND | O_SYNC],
  ['a+', APPEND_PLUS],
  ['ax+', APPEND_PLUS | O_EXCL],
  ['xa+', APPEND_PLUS | O_EXCL],
  ['as+', APPEND_PLUS | O_SYNC],
  ['sa+', APPEND_PLUS | O_SYNC],
]);

/** The number of `r`, `w`, `a+` ... or of O_* as they are; left out it is `otherwise`. */
export function flagsOf(flags: unknown, otherwise: string): number {
  const given = flags ?? otherwise;
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') throw wrongType('flags', 'of type string or number', given);
  const known = FLAGS.get(given);
  if (known === undefined) throw wrongValue('flags', 'is invalid', given);
  return known;
}
