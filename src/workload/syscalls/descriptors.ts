/** An open file description (open(2)): where the next read or write of it begins. Copies of a descriptor share it. */
export interface Description {
  /** Number of the file in the recording; null: it is no file on storage. */
  readonly file: number | null;
  /** Bytes. */
  offset: number;
  readonly append: boolean;
  /** Descriptors of it that there are. */
  users: number;
}

interface Opened {
  readonly description: Description;
  closeOnExec: boolean;
}

/** files_struct: threads share one, a fork gets a copy. */
interface Table {
  readonly opened: Map<number, Opened>;
  users: number;
}

/** The descriptors of all tasks that are traced. */
export class Descriptors {
  readonly #tables = new Map<number, Table>();
  /** Tasks in the middle of a call that makes another task, the latest last. */
  readonly #cloning = new Set<number>();
  /** Tasks that ended while the call that made them may not have: their parent hears of them only then. */
  readonly #endedEarly = new Set<number>();
  readonly #released: (description: Description) => void;

  /** `released` is told of each description whose last descriptor is closed. */
  constructor(released: (description: Description) => void) {
    this.#released = released;
  }

  /** Tasks that were heard of and have not ended, by their pids. */
  get tasks(): ReadonlySet<number> {
    return new Set(this.#tables.keys());
  }

  get(pid: number, fd: number): Description | undefined {
    return this.#table(pid).opened.get(fd)?.description;
  }

  open(pid: number, fd: number, description: Description, closeOnExec: boolean): void {
    description.users += 1;
    this.close(pid, fd);
    this.#table(pid).opened.set(fd, { description, closeOnExec });
  }

  /** dup(2). */
  copy(pid: number, from: number, to: number, closeOnExec: boolean): void {
    const description = this.get(pid, from);
    if (from === to) return;
    if (description === undefined) this.close(pid, to);
    else this.open(pid, to, description, closeOnExec);
  }

  close(pid: number, first: number, last = first): void {
    const { opened } = this.#table(pid);
    const fds = first === last ? [first] : [...opened.keys()].filter((fd) => fd >= first && fd <= last);
    for (const fd of fds) {
      const description = opened.get(fd)?.description;
      opened.delete(fd);
      if (description !== undefined) this.#release(description);
    }
  }

  setCloseOnExec(pid: number, fd: number, closeOnExec: boolean): void {
    const opened = this.#table(pid).opened.get(fd);
    if (opened !== undefined) opened.closeOnExec = closeOnExec;
  }

  /** A call has begun that may make a task whose lines come before this call's end. */
  cloneBegun(pid: number): void {
    // A trace may begin in the middle: then this is the first that is heard of it.
    this.#table(pid);
    this.#cloning.delete(pid);
    this.#cloning.add(pid);
  }

  cloned(parent: number, child: number, shares: boolean): void {
    const ended = this.#endedEarly.has(child);
    this.#cloneOver(parent);
    if (ended) return;
    if (shares) this.#share(child, this.#table(parent));
    else if (!this.#tables.has(child)) this.#give(child, copied(this.#table(parent)));
  }

  /** execve(2): the table is the task's alone, without what was to be closed. */
  executed(pid: number): void {
    this.#give(pid, copied(this.#table(pid)));
    const { opened } = this.#table(pid);
    for (const [fd, { closeOnExec }] of [...opened]) if (closeOnExec) this.close(pid, fd);
  }

  exited(pid: number): void {
    this.#cloneOver(pid);
    if (this.#cloning.size > 0) this.#endedEarly.add(pid);
    this.#leave(pid);
  }

  #cloneOver(pid: number): void {
    this.#cloning.delete(pid);
    if (this.#cloning.size === 0) this.#endedEarly.clear();
  }

  #table(pid: number): Table {
    const known = this.#tables.get(pid);
    if (known !== undefined) return known;
    // Heard of before the call that made it has ended.
    const parent = [...this.#cloning].at(-1);
    return this.#give(
      pid,
      parent === undefined ? { opened: new Map(), users: 0 } : copied(this.#table(parent)),
    );
  }

  #share(pid: number, table: Table): void {
    if (this.#tables.get(pid) !== table) this.#give(pid, table);
  }

  #give(pid: number, table: Table): Table {
    table.users += 1;
    this.#leave(pid);
    this.#tables.set(pid, table);
    return table;
  }

  #leave(pid: number): void {
    const table = this.#tables.get(pid);
    this.#tables.delete(pid);
    if (table === undefined) return;
    table.users -= 1;
    if (table.users === 0) for (const { description } of table.opened.values()) this.#release(description);
  }

  #release(description: Description): void {
    description.users -= 1;
    if (description.users === 0) this.#released(description);
  }
}

function copied({ opened }: Table): Table {
  for (const { description } of opened.values()) description.users += 1;
  return { opened: new Map([...opened].map(([fd, each]) => [fd, { ...each }])), users: 0 };
}
