import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where the code of a worker thread is, and how Node is to run it. */
export interface ThreadFile {
  readonly path: string;
  readonly execArgv: string[];
}

/**
 * `starter`: the URL of the module that starts it, beside which its source stands. The build puts it beside the
 * program, under the name `built`; sources are run through tsx, as they are everywhere.
 */
export function threadFile(starter: string, source: string, built: string): ThreadFile {
  const here = fileURLToPath(starter);
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
      path: join(dirname(here), source),
      execArgv: ['--import', `data:text/javascript,${register}`],
    };
  }
  // In dist, or in the folder of chunks below it.
  const dist = dirname(here).endsWith('chunks') ? dirname(dirname(here)) : dirname(here);
  return { path: join(dist, built), execArgv: [] };
}
