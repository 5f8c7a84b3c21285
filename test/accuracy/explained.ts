/** Why the worst cases are what they are: by name, and by hand. */
export const EXPLAINED = `Why, by name:

- **python, perl, tsc, sqlite, mmap: mapped files.** Memory without swap can't be reclaimed, so what is left to take is the program's own
  text and libraries, and they are needed again at once. A recording knows how much of mapped files was touched in a fifth of a
  second, not which pages, nor how often: it predicts hardly any re-reads where the program thrashes (python at 90 %: none for
  some 9,000). The model is not at fault: the recording's tasks do on the real kernel what was predicted of them.
- **node: it sizes itself.** Node takes its heap's size from the limit that it finds. A recording made without a limit has the
  large heap, and is predicted to be killed where the program collects its garbage and goes on. Such verdicts are wrong by
  nature; the head of the recording says so.
- **tar at 70 %: written, then read.** Probably: tar writes records of 10 KiB, so pages at their seams are written twice, which the kernel
  takes for use; the trace has whole pages, written once, which go first.
- **sqlite's peak** is some 7 % too low, git's and grep's within 3 % (they were 49 and 6 % off): who ends between two looks is known by what it asked for, and
  files come in with what is read round a fault. What sqlite lacks is not explained.
- **mmap's peak, 60 % too low:** on an idle machine it lives for less than the time between two looks. What was mapped and never seen
  counts as 2M at most, as a library's text does, and it has touched 32M.
- **Text that is used all the time** was tried as touches after each 128K to 4M of allocation: python's recording then reads 700 to
  1,000 pages again where it read 320, and the program 10,064. What decides is how many pages are left below the limit, to within
  a MiB, so that was left.
- **Scans and events** repeat to 1 % between boots where pages are dirty, and the recording's tasks do things at the recorded
  times, which a slower kernel shifts against each other.
- **Cut off:** user mode Linux pays for each page fault with some context switches of the host; what thrashes does not end in time.
  Those runs are no evidence either way, and they are those where recordings are weakest.`;
