import { expect, test } from 'vitest';
import { readBoot } from '../../src/cli/options/boot.ts';

test.each([
  [['policy=meta2020', 'kernel=6.1'], undefined],
  [['kernel=6.1', 'policy=rfc'], undefined],
  [['policy=meta2020'], 'policy=meta2020 runs on 6.1, and not on 2.6.26: there it is '],
  [['kernel=6.1', 'policy=kswapd2011'], 'policy=kswapd2011 runs on 2.6.26, and not on 6.1: there it is '],
])('up %j', (options, mistake) => {
  const how = readBoot(options, {});
  expect('misused' in how ? how.misused.slice(0, mistake?.length) : undefined).toBe(mistake);
});
