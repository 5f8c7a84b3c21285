/** Compiles the page core, src/mm/core, to WebAssembly, which becomes a file of the sources. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function compileCore(): Promise<void> {
  let code: Uint8Array | string = '';
  const { error, stderr } = await asc.main(
    ['src/mm/core/main.ts', '-O3', '--runtime', 'stub', '--outFile', 'core.wasm'],
    {
      readFile: (name) => readSource(name),
      writeFile: (_name, contents) => {
        code = contents;
      },
    },
  );
  if (error !== null) throw new Error(`src/mm/core can't be compiled:\n${stderr.toString()}`);
  const bytes = Buffer.from(code).join();
  // Numbers: V8 keeps them as they are, where a text would have to be decoded at each start.
  const text = `/** core/, as .build/core.ts compiles it. */\nexport const CORE: readonly number[] = [${bytes}];\n`;
  await writeFile(join(root, 'src/mm/core-bytes.ts'), text);
}

/** Our imports bear `.ts`, which this compiler adds itself. */
const readSource = (name: string): Promise<string | null> =>
  readFile(join(root, name), 'utf8').then(
    (text) => text.replaceAll(/(?<=from '\..*)\.ts(?=')/g, ''),
    () => null,
  );
