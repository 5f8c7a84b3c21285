import { END, type Program, program } from '../program.ts';
import { ALIVE, INTERRUPTIBLE, RUNNING, V } from '../state.ts';

const TASKS = 'kernel/power/process.c try_to_freeze_tasks()';

/**
 * The freezer: user space first, which it can't before rmdir(2) has returned (its wait is uninterruptible), then
 * the kernel thread of slot 0; then it thaws both. It has no time limit here: in the kernel it gives up after 20 s.
 */
export function freezer(): Program {
  return program(
    'freezer',
    [],
    [
      {
        label: 'user_space',
        text: 'freeze_processes(): user space is frozen, when no call is under way',
        source: 'kernel/power/process.c freeze_processes()',
        reads: ['cgroupMutex'],
        writes: ['userFrozen'],
        locked: true,
        when: (e) => e.state[V.cgroupMutex] === 0,
        run(e) {
          e.set(V.userFrozen, 1);
          return undefined;
        },
      },
      {
        label: 'look',
        text: 'if (frozen(p) || !freezeable(p)) continue',
        source: TASKS,
        reads: ['frozen0', 'life0'],
        to: ['thaw', 'thaw_user_space'],
        run(e) {
          if (e.load(V.life0) !== ALIVE) return 'thaw_user_space';
          return e.load(V.frozen0) === 1 ? 'thaw' : undefined;
        },
      },
      {
        label: 'freeze',
        text: 'freeze_task(): TIF_FREEZE is set, wake_up_state(p, TASK_INTERRUPTIBLE)',
        source: `${TASKS}, under task_lock()`,
        reads: ['frozen0', 'state0'],
        writes: ['freeze0', 'state0'],
        to: ['look'],
        locked: true,
        run(e) {
          if (e.load(V.frozen0) === 0) {
            e.set(V.freeze0, 1);
            if (e.load(V.state0) === INTERRUPTIBLE) e.set(V.state0, RUNNING);
          }
          return 'look';
        },
      },
      {
        label: 'thaw',
        text: 'thaw_process(): PF_FROZEN is cleared, wake_up_process(p)',
        source: 'kernel/power/process.c thaw_tasks()',
        writes: ['frozen0', 'state0'],
        locked: true,
        run(e) {
          e.set(V.frozen0, 0);
          e.set(V.state0, RUNNING);
          return undefined;
        },
      },
      {
        label: 'thaw_user_space',
        text: 'thaw_processes(): user space goes on',
        source: 'kernel/power/process.c thaw_processes()',
        writes: ['userFrozen'],
        to: [END],
        locked: true,
        run(e) {
          e.set(V.userFrozen, 0);
          return END;
        },
      },
    ],
    true,
  );
}
