import { listLength } from '../mm/frames.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/**
 * 4/4: which node a pass begins with. The reclaimer takes the best: of the nodes
 * that hold at least 3/4 of their share of the usage, the one with the most
 * inactive pages for its active ones. Direct reclaim begins at the task's own.
 */
export function startNode(mm: Mm, task: Task, memcg: MemCgroup, background: boolean): number {
  if (!background || mm.nodes === 1) return task.node;
  let best = task.node;
  let bestRatio = -1;
  for (let node = 0; node < mm.nodes; node += 1) {
    const active = listLength(mm, memcg.id, node, 1);
    const inactive = listLength(mm, memcg.id, node, 0);
    if (active + inactive < Math.floor((memcg.res.usage * 3) / (4 * mm.nodes))) continue;
    const ratio = Math.floor((inactive * 100) / (active + 1));
    if (ratio <= bestRatio) continue;
    best = node;
    // As posted the best ratio was never stored, so the last candidate wins.
    if (!mm.own.errata.bestNodeForgotten) bestRatio = ratio;
  }
  return best;
}

/** A zone list: the node itself, then the others in order of their numbers, round the end. */
export function nodesFrom(mm: Mm, first: number): readonly number[] {
  zoneLists[mm.nodes] ??= zoneListsOf(mm.nodes);
  return zoneLists[mm.nodes][first];
}

/** By number of nodes, by first node. */
const zoneLists: (readonly (readonly number[])[])[] = [];

const zoneListsOf = (nodes: number): readonly (readonly number[])[] =>
  Array.from({ length: nodes }, (_, first) =>
    Array.from({ length: nodes }, (_unused, i) => (first + i) % nodes),
  );
