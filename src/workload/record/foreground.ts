import { textOnce } from './proc-file.ts';

/**
 * Whether this program is of the group that a terminal sends its signals to: then ^C has reached the command
 * that it runs already, and to pass it on would be a second one. proc_pid_stat(5): pgrp, session, tty_nr, tpgid.
 */
export function inForeground(): boolean {
  const read = textOnce('/proc/self/stat');
  if (typeof read === 'string') return true;
  // The second field is the program's name, in which anything may stand.
  const [, , group, , terminal, foreground] = read.text.slice(read.text.lastIndexOf(')') + 2).split(' ');
  return terminal !== '0' && group === foreground;
}
