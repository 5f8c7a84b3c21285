/** What the helper wrote down (helper/plan.c): of each round, what came of it. */

export interface RoundResults {
  /** ns, from its first step to its last. */
  elapsed: number;
  /** Line of the plan, from 1, that was refused, and by which errno. */
  refused: { readonly line: number; readonly errno: number } | null;
  /** Content of the memory files of each group, by path and name. */
  readonly files: Map<string, Record<string, string>>;
  /** Signal that ended a task, by its name. */
  readonly died: Map<string, number>;
  /** errno of the first thing that went wrong for a task that lived to the end. */
  readonly failures: Map<string, number>;
  /** Of a program of the host's: exit status as a shell has it, and ns. */
  program: { readonly status: number; readonly elapsed: number } | null;
}

export interface Results {
  readonly ok: true;
  readonly rounds: ReadonlyMap<string, RoundResults>;
  /** The helper came to the plan's end. */
  readonly isWhole: boolean;
}

export function readResults(text: string): Results {
  const rounds = new Map<string, RoundResults>();
  let round = newRound();
  let isWhole = false;
  for (const line of text.split('\n')) {
    const [what, ...words] = line.split(' ').map(decoded);
    const [first = '', second = '', third = ''] = words;
    if (what === 'round') {
      round = newRound();
      rounds.set(first, round);
    } else if (what === 'elapsed') round.elapsed = Number(first);
    else if (what === 'refused') round.refused = { line: Number(first), errno: Number(second) };
    else if (what === 'died') round.died.set(first, Number(second));
    else if (what === 'lives' && second !== '0') round.failures.set(first, Number(second));
    else if (what === 'program') round.program = { status: Number(first), elapsed: Number(second) };
    else if (what === 'file') round.files.set(first, { ...round.files.get(first), [second]: third });
    else if (what === 'over') isWhole = true;
  }
  return { ok: true, rounds, isWhole };
}

const newRound = (): RoundResults => ({
  elapsed: 0,
  refused: null,
  files: new Map(),
  died: new Map(),
  failures: new Map(),
  program: null,
});

const decoded = (word: string): string =>
  word.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
