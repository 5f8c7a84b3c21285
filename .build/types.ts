/**
 * Makes one file of the declarations that tsc has written, a module each, and a file for each way into the package:
 * a package with hundreds of files takes long to install.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where .build/types.json has tsc write them. */
const written = join(root, 'node_modules/.cache/memcg-types');
const ENTRIES = { library: 'library/index', machine: 'machine/machine' };

/** What nobody but these files imports. */
const inner = (path: string): string => `memcg/src/${path.replace(/(\.d)?\.ts$/, '')}`;

async function moduleOf(path: string): Promise<string> {
  const text = await readFile(join(written, path), 'utf8');
  const place = dirname(path).replaceAll('\\', '/');
  const body = text
    .replaceAll(
      /(?<=from |import\()(['"])(\.[^'"]+)\1/g,
      (_, quote: string, to: string) => quote + inner(posix.join(place, to)) + quote,
    )
    .replaceAll(/^(export )?(default )?declare /gm, '$1$2');
  return `declare module '${inner(path)}' {\n${body}}\n`;
}

const paths = (await readdir(written, { recursive: true })).filter((path) => path.endsWith('.d.ts')).sort();
const modules = await Promise.all(paths.map((path) => moduleOf(path.replaceAll('\\', '/'))));
await writeFile(join(root, 'dist/modules.d.ts'), modules.join(''));
for (const [name, path] of Object.entries(ENTRIES)) {
  const text = `/// <reference path="./modules.d.ts" />\nexport * from '${inner(path)}';\n`;
  await writeFile(join(root, `dist/${name}.d.ts`), text);
}
await rm(join(root, 'dist/types'), { recursive: true, force: true });
