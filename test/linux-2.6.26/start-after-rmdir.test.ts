import { expect, test } from 'vitest';
import { encodeText } from '../../src/kernel/text.ts';
import { MILLISECOND, SECOND } from '../../src/kernel/units.ts';
import { ERRATA_SETS, Machine } from '../../src/machine/machine.ts';
import { boot, Console } from '../support/boot.ts';

const HIGH = '/web/memory.high_wmark_in_bytes';

/** A machine on which /web was removed while somebody has the file open, who now writes it. */
function writtenAfterRmdir(errata: readonly 'start-after-rmdir'[], alsoOpen: string | null = null) {
  const sh = boot({ errata });
  sh.mkdir('/web');
  if (alsoOpen !== null) sh.machine.vfs().open(alsoOpen);
  sh.do({ op: 'open', path: HIGH });
  sh.rmdir('/web');
  return { sh, answer: sh.do({ op: 'rewrite', path: HIGH, data: encodeText('-1') }) };
}

const daemons = ({ machine }: Console) => machine.tasks().filter(({ name }) => name === 'memcontd').length;

test('who has high_wmark_in_bytes open starts no thread after rmdir', () => {
  const { sh, answer } = writtenAfterRmdir([]);
  expect(answer).toMatchObject({ errno: 'ENODEV' });
  expect(daemons(sh)).toBe(0);
});

test('with the erratum a thread is started that outlives its cgroup, before the value is looked at', () => {
  const { sh, answer } = writtenAfterRmdir(['start-after-rmdir']);
  expect(answer).toMatchObject({ errno: 'EINVAL' });
  sh.wait(SECOND);
  expect(sh.eventsOf('sleep')).toMatchObject([{ cgroup: '/web', usage: 0 }]);
  sh.mkdir('/web');
  sh.rmdir('/web');
  expect(daemons(sh)).toBe(1);
});

test.each(['goes on', 'is saved and loaded'])(
  'and uses its cgroup after the last close has freed it, also on a machine that %s',
  (how) => {
    const { sh } = writtenAfterRmdir(['start-after-rmdir']);
    const on = how === 'goes on' ? sh : new Console(Machine.load(sh.machine.save()));
    expect(on.do({ op: 'close', path: HIGH })).toMatchObject({ ok: true });
    on.wait(MILLISECOND);
    expect(on.eventsOf('warning').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^memcontd \d+ touches the mem_cgroup of \/web, which was freed/),
    ]);
    expect(daemons(on)).toBe(0);
    on.mkdir('/web');
    on.wait(SECOND);
    expect(on.eventsOf('warning')).toHaveLength(1);
  },
);

test('with the erratum nothing is freed while another file of the cgroup is open', () => {
  const { sh } = writtenAfterRmdir(['start-after-rmdir'], '/web/tasks');
  sh.do({ op: 'close', path: HIGH });
  sh.wait(MILLISECOND);
  expect(sh.eventsOf('warning')).toEqual([]);
});

test('it is in no set', () => {
  expect(Object.values(ERRATA_SETS).flat()).not.toContain('start-after-rmdir');
  expect(ERRATA_SETS['posted']).toHaveLength(5);
});
