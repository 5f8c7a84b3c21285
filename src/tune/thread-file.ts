import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where the code of worker threads is, and how Node is to run it. */
export interface ThreadFile {
  readonly path: string;
  readonly execArgv: string[];
}

/** The build puts it beside the program; sources are run through tsx, as they are everywhere. */
export function threadFile(): ThreadFile {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) {
    // tsx leaves threads alone unless it is asked from within.
    const tsx = join(
      dirname(createRequire(here).resolve('tsx/package.json')),
      'dist',
      'esm',
      'api',
      'index.mjs',
    );
    const register = `import{register}from${JSON.stringify(pathToFileURL(tsx).href)};register()`;
    return {
      path: join(dirname(here), 'thread.ts'),
      execArgv: ['--import', `data:text/javascript,${register}`],
    };
  }
  // In dist, or in the folder of chunks below it.
  const dist = dirname(here).endsWith('chunks') ? dirname(dirname(here)) : dirname(here);
  return { path: join(dist, 'tune-thread.js'), execArgv: [] };
}
