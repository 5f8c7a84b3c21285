import { type Program, program, type Step } from '../program.ts';
import { ANSWER_EBUSY, ANSWER_OK, RUNNING, V } from '../state.ts';
import { CLOSE, cssGet, cssPut, mutexLock, mutexUnlock } from './steps.ts';
import type { Variant } from './variant.ts';

/** Register: the slot of the thread that is told to stop, and 1. */
const STOPPED = 0;

const RMDIR = 'kernel/cgroup.c cgroup_rmdir()';
const STOP = '3/4 @@ -891 mem_cgroup_stop_daemon()';

/** rmdir(2) of the group: cgroup_rmdir(), and mem_cgroup_pre_destroy() of 3/4 under cgroup_mutex. */
export function rmdir(variant: Variant): Program {
  return program(
    'rmdir',
    [2],
    [
      {
        ...mutexLock('cgroupMutex', 'cgroup_lock', 'mutex_lock(&cgroup_mutex)', RMDIR),
        reads: ['cgroupMutex', 'userFrozen'],
        when: (e) => e.state[V.cgroupMutex] === 0 && e.state[V.userFrozen] === 0,
      },
      {
        label: 'count',
        text: 'if (atomic_read(&cgrp->count) != 0) return -EBUSY',
        source: RMDIR,
        reads: ['count'],
        to: ['busy'],
        run: (e) => (e.load(V.count) !== 0 ? 'busy' : undefined),
      },
      ...stopDaemon(variant),
      ...dropPages('mem_cgroup_force_empty()', '1/4 mem_cgroup_force_empty()', 'css_refs'),
      {
        label: 'css_refs',
        text: 'if (cgroup_has_css_refs(cgrp)) return -EBUSY',
        source: RMDIR,
        reads: ['refs'],
        to: ['undying'],
        run: (e) => (e.load(V.refs) !== 0 ? 'undying' : undefined),
      },
      {
        label: 'remove',
        text: 'set_bit(CGRP_REMOVED, &cgrp->flags)',
        source: RMDIR,
        writes: ['removed'],
        locked: true,
        run(e) {
          e.set(V.removed, 1);
          return undefined;
        },
      },
      {
        label: 'dput',
        text: 'cgroup_d_remove_dir(), dput(): unless a file is open, mem_cgroup_destroy() runs',
        source: `${RMDIR}, cgroup_diput()`,
        reads: ['dentry'],
        writes: ['dentry', 'freed', 'answer'],
        to: ['cgroup_unlock'],
        locked: true,
        run(e) {
          e.dput();
          e.set(V.answer, ANSWER_OK);
          return 'cgroup_unlock';
        },
      },
      {
        label: 'undying',
        text: variant.has('dying-flag') ? 'mem->daemon.dying = 0' : 'return -EBUSY',
        source: variant.has('dying-flag') ? `repair of ${RMDIR}` : RMDIR,
        writes: ['dying'],
        locked: true,
        run(e) {
          e.set(V.dying, 0);
          return undefined;
        },
      },
      {
        label: 'busy',
        text: 'return -EBUSY',
        source: RMDIR,
        writes: ['answer'],
        locked: true,
        run(e) {
          e.set(V.answer, ANSWER_EBUSY);
          return undefined;
        },
      },
      mutexUnlock('cgroupMutex', 'cgroup_unlock', 'mutex_unlock(&cgroup_mutex)', RMDIR),
    ],
  );
}

function stopDaemon(variant: Variant): Step[] {
  const dies = variant.has('dying-flag');
  const unlock = (label: string): Step =>
    mutexUnlock('daemonLock', label, 'mutex_unlock(&memcont_daemon_lock)', STOP);
  return [
    {
      ...mutexLock(
        'daemonLock',
        'lock',
        `mutex_lock(&memcont_daemon_lock)${dies ? '; mem->daemon.dying = 1' : ''}`,
        STOP,
      ),
      writes: ['daemonLock', 'dying'],
      run(e) {
        e.lock(V.daemonLock);
        if (dies) e.set(V.dying, 1);
        return undefined;
      },
    },
    {
      label: 'has_thread',
      text: 'if (mem->daemon.thread)',
      source: STOP,
      reads: ['thread'],
      to: ['unlock'],
      run(e) {
        e.setRegister(STOPPED, e.load(V.thread));
        return e.register(STOPPED) === 0 ? 'unlock' : undefined;
      },
    },
    {
      label: 'stop',
      text: 'kthread_stop(): kthread_stop_info.k = k',
      source: `${STOP}; kernel/kthread.c`,
      writes: ['stopK', 'stopDone'],
      run(e) {
        e.store(V.stopK, e.register(STOPPED));
        return undefined;
      },
    },
    {
      label: 'wake',
      text: 'kthread_stop(): wake_up_process(k)',
      source: 'kernel/kthread.c; kernel/sched.c try_to_wake_up(), whatever it waits for',
      writes: ['state0', 'state1'],
      locked: true,
      run(e) {
        e.set(V.state0 + e.register(STOPPED) - 1, RUNNING);
        return undefined;
      },
    },
    {
      label: 'wait',
      text: 'kthread_stop(): wait_for_completion(&kthread_stop_info.done); k = NULL',
      source: 'kernel/kthread.c',
      reads: ['stopDone'],
      writes: ['stopK', 'stopDone'],
      locked: true,
      when: (e) => e.state[V.stopDone] === 1,
      run(e) {
        e.set(V.stopK, 0);
        e.set(V.stopDone, 0);
        return undefined;
      },
    },
    {
      label: 'clear_thread',
      text: variant.has('thread-not-cleared') ? '(daemon.thread stays)' : 'mem->daemon.thread = NULL',
      source: STOP,
      writes: ['thread'],
      run(e) {
        if (!variant.has('thread-not-cleared')) e.store(V.thread, 0);
        e.setRegister(STOPPED, 0);
        return undefined;
      },
    },
    unlock('unlock'),
    ...(variant.has('unlock-twice') ? [unlock('unlock_again')] : []),
  ];
}

/** Pages are uncharged one after the other until none is left; goes on at `done`. */
function dropPages(what: string, source: string, done: string): Step[] {
  return [
    {
      label: 'empty',
      text: `${what}: while there are pages, res_counter_uncharge()`,
      source,
      reads: ['usage', 'counterLock'],
      writes: ['usage'],
      to: [done],
      locked: true,
      when: (e) => e.state[V.counterLock] === 0,
      run(e) {
        if (e.load(V.usage) === 0) return done;
        e.set(V.usage, e.load(V.usage) - 1);
        return undefined;
      },
    },
    cssPut('put_page', `${what}: css_put(&mem->css) of the page`, source, 'empty'),
  ];
}

/** Who writes force_empty: mem_force_empty_write() of 1/4. */
export function forceEmpty(variant: Variant): Program {
  const source = '1/4 mem_cgroup_force_empty()';
  const leak = variant.has('force-empty-ref-leak');
  return program(
    'force_empty',
    [],
    [
      {
        label: 'count',
        text: 'if (atomic_read(&mem->css.cgroup->count) > 0) return -EBUSY',
        source,
        reads: ['count'],
        to: [leak ? 'put' : 'close'],
        run: (e) => (e.load(V.count) === 0 ? undefined : leak ? 'put' : 'close'),
      },
      cssGet('css_get', 'css_get(&mem->css)', source),
      ...dropPages('mem_cgroup_force_empty()', source, 'put'),
      cssPut('put', 'css_put(&mem->css)', source),
      CLOSE,
    ],
  );
}

/** Somebody else's reference of the group, which is given back when rmdir has been refused. */
export function holder(): Program {
  return program(
    'holder',
    [],
    [
      {
        ...cssPut('put', 'css_put(&mem->css), after rmdir has answered', 'include/linux/cgroup.h'),
        reads: ['refs', 'answer'],
        when: (e) => e.state[V.answer] !== 0,
      },
    ],
  );
}
