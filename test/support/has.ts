/** What a machine may lack. Says loudly what is not tested where it does. */
export function has(what: string, isThere: boolean): boolean {
  if (!isThere)
    process.stderr.write(`\nSKIPPED: this machine lacks ${what}: what needs it is not tested\n\n`);
  return isThere;
}
