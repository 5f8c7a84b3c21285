import { kills, ROUNDS } from './kills.ts';
import { streaming } from './streaming.ts';

/** `npm run endurance -- streaming MINUTES`, `npm run endurance -- shell|mount|server ROUNDS`: of what is built. */

const [what = '', much = ''] = process.argv.slice(2);
if (what === 'streaming') await streaming(Number(much || 60));
else if (Object.hasOwn(ROUNDS, what)) await kills(what, Number(much || 200));
else {
  process.stderr.write(
    `npm run endurance -- streaming MINUTES, or ${Object.keys(ROUNDS).join(', ')} ROUNDS\n`,
  );
  process.exitCode = 2;
}
