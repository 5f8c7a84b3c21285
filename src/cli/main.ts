import { writeSync } from 'node:fs';

/** package.json's, put in by the bundler. */
declare const MEMCG_VERSION: string;
const version = typeof MEMCG_VERSION === 'string' ? MEMCG_VERSION : 'development';

// The version is answered before anything else is loaded: that makes it about as fast as Node itself.
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  writeSync(1, `${version}\n`);
} else {
  const { run } = await import('./program.ts');
  await run(argv, version);
}
