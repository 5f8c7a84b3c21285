import type { WriteAnswer } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { decodeText } from '../../kernel/text.ts';
import { kibibytes, pages } from '../../kernel/units.ts';
import {
  type Form,
  type FoundMarks,
  type Knob,
  knob,
  type PolicyState,
  sizeKnob,
  stateOf,
  type WantedMarks,
} from '../../policy/card.ts';
import { counterFile } from '../files/counter-file.ts';
import { reclaimAbove } from '../files/memory-files.ts';
import { PAGE_COUNTER_MAX, propagateProtected } from '../page-counter.ts';
import type { Cgroup, ControlFile, MemCgroup } from '../types.ts';
import { maxKnob, type Policy } from './policy.ts';

/**
 * What the kubelet makes of a container's request and limit where its feature MemoryQoS is on: memory.min is the
 * request, and memory.high lies between request and limit. From there on it is the kernel's own rule.
 */

export interface QosState extends PolicyState {
  readonly rule: 'k8s';
  /** requests.memory, pages; 0: none, and then memory.high is left alone. */
  request: number;
  /** memoryThrottlingFactor, in millionths. */
  factor: number;
}

const own = (memcg: MemCgroup): QosState => stateOf<QosState>(memcg, 'k8s');

const MILLION = 1_000_000;
/** The kubelet's default. */
const DEFAULT_FACTOR = 900_000;

const SOURCE = 'Kubernetes, KEP-2570: Support Memory QoS with cgroups v2; with `machine policy=k8s`';
const RULE =
  'memory.high = request + factor * (memory.max - request), in whole pages, and memory.min = request: made when ' +
  'request or factor is written, of memory.max as it is then.';

const highOf = (request: number, limit: number, factor: number): number =>
  request + Math.floor(((limit - request) * factor) / MILLION);

/** What the runtime writes then. */
function apply(cgroup: Cgroup): WriteAnswer {
  const { memcg } = cgroup;
  const { memory } = memcg;
  const { request, factor } = own(memcg);
  memory.min = request;
  propagateProtected(memory);
  memory.high =
    request === 0 || memory.max === PAGE_COUNTER_MAX ? PAGE_COUNTER_MAX : highOf(request, memory.max, factor);
  return reclaimAbove(cgroup, memory.high);
}

const request: ControlFile = {
  ...counterFile(
    'memory.qos.request',
    {
      about:
        'the container’s requests.memory: with limit and factor it makes memory.high, and it is memory.min',
      rule: RULE,
      initially: '0: memory.high is let alone; /default is booted with 32M',
      example: 'write qos.request 64M',
      steers: true,
    },
    (memcg) => own(memcg).request,
    (cgroup, value) => {
      own(cgroup.memcg).request = value;
      return apply(cgroup);
    },
  ),
  source: SOURCE,
};

const factor: ControlFile = {
  name: 'memory.qos.throttling_factor',
  where: 'below',
  about: 'the kubelet’s memoryThrottlingFactor: where between request and limit memory.high lies',
  kind: 'text',
  reads: 'a number above 0, to 1',
  writes: 'a number above 0, to 1, with 6 decimals at most',
  rule: RULE,
  initially: '0.9',
  source: SOURCE,
  example: 'write qos.throttling_factor 0.6',
  steers: true,
  read: (_fs, { memcg }) => done(`${own(memcg).factor / MILLION}\n`),
  write: (_fs, cgroup, data) => {
    const text = decodeText(data).trim();
    const value = /^[01]?(\.\d{1,6})?$/.test(text) && text !== '' ? Math.round(Number(text) * MILLION) : 0;
    if (value < 1 || value > MILLION)
      return refuse('EINVAL', 'a factor is a number above 0, to 1, with 6 decimals at most');
    own(cgroup.memcg).factor = value;
    return own(cgroup.memcg).request === 0 ? OK : apply(cgroup);
  },
};

/** The factor that makes this mark, in millionths. */
const factorFor = ({ limit, high, low }: WantedMarks): number =>
  limit === low ? MILLION : Math.max(1, Math.ceil(((high - low) * MILLION) / (limit - low)));

/**
 * With a request of its own, where low is no other mark than high: the one that the kubelet's own factor makes this
 * mark of, for that is the same for all containers of a node; where that is too little, half of the mark.
 */
function withRequest({ limit, high, low }: WantedMarks): WantedMarks {
  const half = Math.floor(high / 2);
  return { limit, high, low: low < high ? low : pages(Math.max(half, 10 * high - 9 * limit)) };
}

const knobs = (wanted: WantedMarks): readonly Knob[] => {
  const marks = withRequest(wanted);
  return [
    maxKnob(marks),
    sizeKnob('qos.request', marks.low),
    knob('qos.throttling_factor', factorFor(marks) / MILLION),
  ];
};

/** Of a rule with two marks, the lower one says nothing of what is to be requested. */
function forms({ limit, high }: FoundMarks): readonly Form[] {
  const marks = { limit, high, low: high };
  const said = withRequest(marks);
  return [
    {
      name: 'k8s',
      title: 'to apply it on Kubernetes (the feature MemoryQoS, cgroup v2)',
      lines: [
        'resources:',
        `  requests: { memory: ${kibibytes(said.low)}i }`,
        `  limits: { memory: ${kibibytes(limit)}i }`,
        `# of the kubelet: memoryThrottlingFactor: ${factorFor(said) / MILLION}`,
      ],
      note: `The factor is the same for all containers of a node; ${DEFAULT_FACTOR / MILLION} is the kubelet's own.`,
      marks,
      knobs: knobs(marks),
    },
  ];
}

export const K8S = {
  name: 'k8s',
  called: 'Kubernetes MemoryQoS',
  about:
    'memory.high lies between the container’s request and its limit: tasks that charge above it reclaim as much ' +
    'themselves, and are slowed down',
  home: 'Linux 6.1, as the kubelet sets it',
  source: SOURCE,
  reclaimer: 'memory.high',
  runs: 'in tasks',
  start: { name: 'memory.high', file: 'high', knob: 'qos.throttling_factor' },
  stop: null,
  boot: 'boot-linux-6.1-k8s.memcg',
  files: [request, factor],
  newState: (): QosState => ({ rule: 'k8s', request: 0, factor: DEFAULT_FACTOR }),
  knobs,
  forms,
} as const satisfies Policy;
