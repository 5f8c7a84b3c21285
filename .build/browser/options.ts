import type { BuildOptions } from 'esbuild';

/** How what runs in a page is built, and what stands there for what is Node's. */
export const IN_BROWSER: BuildOptions = {
  format: 'iife',
  platform: 'browser',
  target: ['chrome109', 'firefox115', 'safari16'],
  minify: true,
  legalComments: 'inline',
  alias: {
    'node:path': './.build/browser/path.ts',
    'node:timers/promises': './.build/browser/timers.ts',
  },
  inject: ['.build/browser/host.ts'],
  define: { 'process.getBuiltinModule': 'noBuiltin' },
};
