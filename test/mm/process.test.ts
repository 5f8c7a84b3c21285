import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/machine/options.ts';
import { bootState } from '../../src/machine/state.ts';
import { ROOT_MEMCG } from '../../src/mm/memcgs.ts';
import { newTask } from '../../src/mm/process.ts';
import { newThread } from '../support/threads.ts';

test('a new task is to the scheduler what any new thread is', () => {
  const { mm } = bootState(DEFAULT_OPTIONS);
  const task = newTask(mm, 'task', 'worker', ROOT_MEMCG);
  expect(task).toMatchObject(newThread(task.pid, 0));
});
