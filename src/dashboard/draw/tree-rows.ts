import { parentOf } from '../../script/paths.ts';
import type { CgroupRow } from '../stage/stage.ts';
import type { UiState } from '../ui-state.ts';
import { COLUMNS } from './columns.ts';

/** One row of the tree, or of the list that it becomes when it is sorted by a figure. */
export interface TreeRow {
  readonly cgroup: CgroupRow;
  /** For each level above: whether its line goes on below this row. */
  readonly trail: readonly boolean[];
  /** Its own name; in a flat list its path. */
  readonly label: string;
  /** Cgroups below it that are folded away. */
  readonly folded: number;
  readonly parent: boolean;
}

/** The rows in the order in which they are drawn, and through which the selection moves. */
export function treeRows(cgroups: readonly CgroupRow[], ui: UiState): TreeRow[] {
  return ui.sort.column === 'name' ? asTree(cgroups, ui) : asList(cgroups, ui);
}

const sign = (descending: boolean): number => (descending ? -1 : 1);

function asList(cgroups: readonly CgroupRow[], { sort, filter }: UiState): TreeRow[] {
  const { value } = COLUMNS[sort.column];
  return cgroups
    .filter(({ path }) => path.includes(filter))
    .map((cgroup) => ({ cgroup, key: value(cgroup) }))
    .sort((a, b) => sign(sort.descending) * (a.key - b.key))
    .map(({ cgroup }) => ({ cgroup, trail: [], label: cgroup.path, folded: 0, parent: false }));
}

function asTree(cgroups: readonly CgroupRow[], ui: UiState): TreeRow[] {
  const kept = ui.filter === '' ? null : withAncestors(cgroups, ui.filter);
  const children = new Map<string, CgroupRow[]>();
  for (const cgroup of cgroups) {
    if (cgroup.path === '/' || kept?.has(cgroup.path) === false) continue;
    const parent = parentOf(cgroup.path);
    const siblings = children.get(parent);
    if (siblings) siblings.push(cgroup);
    else children.set(parent, [cgroup]);
  }
  const rows: TreeRow[] = [];
  const add = (cgroup: CgroupRow, trail: readonly boolean[]): void => {
    const { path } = cgroup;
    const below = (children.get(path) ?? []).sort(
      (a, b) => sign(ui.sort.descending) * (a.path < b.path ? -1 : 1),
    );
    // What is looked for is shown, folded or not.
    const isFolded = kept === null && below.length > 0 && ui.folded.has(path);
    rows.push({
      cgroup,
      trail,
      label: path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1),
      folded: isFolded ? descendants(children, path) : 0,
      parent: below.length > 0,
    });
    if (isFolded) return;
    for (const [i, child] of below.entries()) add(child, [...trail, i < below.length - 1]);
  };
  const root = cgroups.find(({ path }) => path === '/');
  if (root) add(root, []);
  return rows;
}

function withAncestors(cgroups: readonly CgroupRow[], filter: string): Set<string> {
  const kept = new Set<string>();
  for (const { path } of cgroups) {
    if (!path.includes(filter)) continue;
    for (let at = path; !kept.has(at); at = parentOf(at)) kept.add(at);
  }
  return kept;
}

const descendants = (children: ReadonlyMap<string, CgroupRow[]>, path: string): number =>
  (children.get(path) ?? []).reduce((sum, child) => sum + 1 + descendants(children, child.path), 0);
