import type { BehaviourWords } from '../command.ts';
import { type Entry, entry } from '../entry.ts';
import { CGROUP, KNOWN, TASK, whole } from '../kinds.ts';
import { Mistake } from '../mistake.ts';
import { flag, type Kind, maybe, one, option } from '../signature.ts';
import { readBehaviour } from './behaviours.ts';

/** Tasks, and telling them what to do. */

const BEHAVIOUR: Kind<BehaviourWords> = { kind: 'behaviour', read: readBehaviour };

const NO_WAIT = flag('--no-wait', "don't wait until it has ended");

export const TASKS: readonly Entry[] = [
  entry({
    word: 'spawn',
    family: 'tasks',
    summary: 'make a task in a cgroup (default: the default group)',
    example: 'spawn reader default',
    parts: {
      task: one(TASK, 'TASK'),
      cgroup: maybe(CGROUP, 'CGROUP', null),
      node: option('--node', whole(0, 63), 'N', null, 'the NUMA node that it runs on'),
      rereads: option(
        '--rereads',
        KNOWN,
        'known|unknown',
        null,
        'whether it is known which pages it reads again',
      ),
    },
    build: (values) => ({ name: 'spawn', ...values }),
  }),
  entry({
    word: 'kill',
    family: 'tasks',
    summary: 'end a task, stop it (-STOP) or let it go on (-CONT)',
    example: 'kill -STOP reader',
    parts: {
      stop: flag('-STOP', 'stop it'),
      cont: flag('-CONT', 'let it go on'),
      kill: flag('-KILL', 'end it (the default)'),
      noWait: NO_WAIT,
      task: one(TASK, 'TASK'),
    },
    build: ({ stop, cont, kill, noWait, task }, column) => {
      if (Number(stop) + Number(cont) + Number(kill) > 1) throw new Mistake('kill sends one signal', column);
      return { name: 'kill', task, signal: stop ? 'STOP' : cont ? 'CONT' : 'KILL', wait: !noWait };
    },
  }),
  entry({
    word: 'attach',
    family: 'tasks',
    summary: 'move a task into a cgroup; what it was charged stays behind',
    example: 'attach reader /',
    parts: { task: one(TASK, 'TASK'), cgroup: one(CGROUP, 'CGROUP') },
    build: (values) => ({ name: 'attach', ...values }),
  }),
  entry({
    word: 'renice',
    family: 'tasks',
    summary: "set a task's nice value",
    example: 'renice reader 10',
    parts: { task: one(TASK, 'TASK'), nice: one(whole(-20, 19), 'N') },
    build: (values) => ({ name: 'renice', ...values }),
  }),
  entry({
    word: 'ps',
    family: 'tasks',
    summary: 'list the tasks',
    example: 'ps',
    parts: {},
    build: () => ({ name: 'ps' }),
  }),
  entry({
    word: 'run',
    family: 'tasks',
    summary: 'let a task do something, to its end',
    example: 'run reader stream data.img 512M',
    parts: { task: one(TASK, 'TASK', true), behaviour: one(BEHAVIOUR, 'BEHAVIOUR...') },
    build: (values) => ({ name: 'run', ...values }),
  }),
  entry({
    word: 'start',
    family: 'tasks',
    summary: 'let a task do something in the background',
    example: 'start reader stream data.img 512M',
    parts: { task: one(TASK, 'TASK', true), behaviour: one(BEHAVIOUR, 'BEHAVIOUR...') },
    build: (values) => ({ name: 'start', ...values }),
  }),
  entry({
    word: 'stop',
    family: 'tasks',
    summary: 'end what a task is doing; the task stays',
    example: 'stop reader',
    parts: { noWait: NO_WAIT, task: one(TASK, 'TASK') },
    build: ({ noWait, task }) => ({ name: 'stop', task, wait: !noWait }),
  }),
];
