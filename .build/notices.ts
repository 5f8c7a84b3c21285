import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What the builds have taken from packages, whose licences ask to go with it. */
export class Notices {
  readonly #folders = new Set<string>();

  constructor(...folders: readonly string[]) {
    for (const folder of folders) this.#folders.add(folder);
  }

  add({ inputs }: Metafile): void {
    for (const file of Object.keys(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
      if (folder !== undefined) this.#folders.add(folder);
    }
  }

  async write(root: string, file: string): Promise<void> {
    const folders = [...this.#folders].sort();
    const texts = await Promise.all(folders.map((folder) => noticeOf(join(root, folder), root)));
    await writeFile(join(root, file), `memcg carries these packages.\n${[...new Set(texts)].join('')}`);
  }
}

async function noticeOf(folder: string, root: string): Promise<string> {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const found = (await readdir(folder)).filter((each) => /^(licen[cs]e|notice)/i.test(each)).sort();
  const texts = await Promise.all(found.map((each) => readFile(join(folder, each), 'utf8')));
  if (texts.length === 0) {
    if (license !== 'MIT')
      throw new Error(`${name}@${version}, ${license}, comes without its licence's text`);
    // The licence is ours too.
    const ours = await readFile(join(root, 'LICENSE'), 'utf8');
    texts.push(ours.replace(/^Copyright.*$/m, `Copyright (c) ${author}`));
  }
  return `\n${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}
