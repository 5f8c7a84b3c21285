#!/usr/bin/env node
try {
  await import('../dist/memcg.js');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.url?.endsWith('/dist/memcg.js')) throw error;
  process.stderr.write('memcg: not built: run `npm run build` in the folder of the project\n');
  process.exitCode = 3;
}
