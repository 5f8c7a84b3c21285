import { expect, test } from 'vitest';
import { Machine } from '../../src/machine/machine.ts';
import { newTask, ROOT_MEMCG } from '../../src/mm/process.ts';
import { newThread } from '../support/threads.ts';

test('a new task is to the scheduler what any new thread is', () => {
  const { mm } = Machine.boot({}).save().state;
  const task = newTask(mm, 'task', 'worker', ROOT_MEMCG);
  expect(task).toMatchObject(newThread(task.pid, 0));
});
