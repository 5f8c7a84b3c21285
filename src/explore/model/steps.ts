import { END, type Label, type Step } from '../program.ts';
import { V } from '../state.ts';

/** Steps that several programs have; `source`: where each has it. */

type Mutex = 'daemonLock' | 'cgroupMutex';

/** mutex_lock(): waits until it is free. */
export const mutexLock = (mutex: Mutex, label: Label, text: string, source: string): Step => ({
  label,
  text,
  source,
  reads: [mutex],
  writes: [mutex],
  locked: true,
  when: (e) => e.state[V[mutex]] === 0,
  run(e) {
    e.lock(V[mutex]);
    return undefined;
  },
});

/** mutex_unlock() */
export const mutexUnlock = (mutex: Mutex, label: Label, text: string, source: string): Step => ({
  label,
  text,
  source,
  reads: [mutex],
  writes: [mutex],
  locked: true,
  run(e) {
    e.unlock(V[mutex]);
    return undefined;
  },
});

export const cssGet = (label: Label, text: string, source: string): Step => ({
  label,
  text,
  source,
  adds: ['refs'],
  locked: true,
  run(e) {
    e.get();
    return undefined;
  },
});

/** css_put(), then on at `to`; left out, at the next line. It reads too: that there is one to give back. */
export const cssPut = (label: Label, text: string, source: string, to?: Label): Step => ({
  label,
  text,
  source,
  reads: ['refs'],
  adds: ['refs'],
  to: to === undefined ? [] : [to],
  locked: true,
  run(e) {
    e.put();
    return to;
  },
});

/** The end of who has a control file open. */
export const CLOSE: Step = {
  label: 'close',
  text: 'close(), dput(): with the last reference mem_cgroup_destroy() runs',
  source: 'fs/file_table.c __fput(), kernel/cgroup.c cgroup_diput()',
  reads: ['dentry'],
  writes: ['dentry', 'freed'],
  to: [END],
  locked: true,
  run(e) {
    e.dput();
    return END;
  },
};
