import { serveDetached } from './main.ts';
import type { Mounter } from './mounter.ts';

/** The hidden command `serve`, as serveArguments of boot-server.ts writes it. Ends the process. */
export async function serve(args: readonly string[], mounter: Mounter): Promise<void> {
  let session = '';
  let sync = true;
  let boot: string | null | undefined;
  const machine: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const value = args[i + 1] ?? '';
    if (args[i] === '--bare') boot = null;
    else if (args[i] === '--no-sync') sync = false;
    else {
      i += 1;
      if (args[i - 1] === '--session') session = value;
      else if (args[i - 1] === '--boot') boot = value;
      else if (args[i - 1] === '--machine') machine.push(value);
    }
  }
  process.exit(await serveDetached({ session, sync, machine, mounter, ...(boot !== undefined && { boot }) }));
}
