import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from '../script/mistake.ts';

/** What machines run first is no script to be replayed. */
const SCRIPT = /^(?!boot\b).*\.memcg$/;

/** The scripts that are named; of a folder all that are in it, in the order of the alphabet. */
export function scriptsNamed(names: readonly string[]): readonly string[] | Mistake {
  const scripts: string[] = [];
  for (const name of names) {
    if (!statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
      scripts.push(name);
      continue;
    }
    const found = readdirSync(name).filter((each) => SCRIPT.test(each));
    if (found.length === 0) return new Mistake(`${name}: there is no script (*.memcg) in this folder`, 0);
    scripts.push(...found.sort().map((each) => join(name, each)));
  }
  return scripts;
}
