import { pages } from '../../src/kernel/units.ts';
import { decodeState, encodeState } from '../../src/session/save-state.ts';
import { Machine } from './built.ts';
import { perform } from './driving.ts';
import { median, type Row, seconds } from './measure.ts';

/**
 * From a machine with 16 GiB resident to the bytes of a session's save state, checksum
 * included, and from those bytes to a machine that runs: all but the disk.
 */

const RESIDENT = 4 << 20;
const ROUNDS = 7;

export async function saveAndLoad(): Promise<Row[]> {
  let machine = Machine.boot({ memory: pages(5 << 20) });
  perform(machine, { op: 'spawn', task: 'worker', cgroup: '/' });
  perform(machine, { op: 'run', task: 'worker', behaviour: { kind: 'alloc', pages: pages(RESIDENT) } });
  const save: number[] = [];
  const load: number[] = [];
  let size = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    let pieces: readonly Buffer[] = [];
    const saving = seconds(() => {
      const rest = { journal: null, position: 0, checksum: 0, commands: 0, traces: [] };
      pieces = machine.withSaved((saved) => encodeState({ ...rest, machine: saved }));
    });
    const state = Buffer.concat(pieces);
    const loading = seconds(() => {
      const saved = decodeState(state);
      if (saved === null || !('machine' in saved)) throw new Error('the state is damaged');
      machine = Machine.load(saved.machine);
    });
    size = state.length;
    if (round === 0) continue;
    save.push(saving);
    load.push(loading);
  }
  const speed = (took: readonly number[]): number => size / median(took) / 1e9;
  return [
    {
      work: 'save and load of 16 GiB resident: the slower of the two',
      against: '',
      found: Math.min(speed(save), speed(load)),
      unit: 'GB/s',
      aim: null,
      floor: null,
      better: 'more',
      seen: `save ${speed(save).toFixed(2)}, load ${speed(load).toFixed(2)} GB/s; ${(size / 1e6).toFixed(0)} MB, ${(size / RESIDENT).toFixed(1)} B a page`,
    },
  ];
}
