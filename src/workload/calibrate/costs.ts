import { DEFAULT_COSTS } from '../../machine/machine.ts';
import type { Measured } from './measure.ts';

/** The machine's costs, ns, that make it take what was measured; what could not be is not among them. */
export function costsOf({ fault, touch, copy, write, sequential, random }: Measured): Record<string, number> {
  // A fault and a written page are charged, which can't be told apart from the rest of either.
  const charge = Math.min(DEFAULT_COSTS.charge, fault / 2, Math.max(0, write - copy) / 2);
  const rest = (time: number, ...parts: number[]): number =>
    Math.max(
      0,
      parts.reduce((left, part) => left - part, time),
    );
  const cached: Record<string, number> = {
    fault: rest(fault, charge),
    charge,
    touch,
    copy,
    writeBegin: rest(write, copy, charge),
  };
  if (sequential !== null) cached['diskPage'] = rest(sequential, copy, charge);
  if (sequential !== null && random !== null) {
    const alone = rest(random, copy, charge, cached['diskPage'] ?? 0);
    cached['diskRequest'] = Math.min(DEFAULT_COSTS.diskRequest, alone / 2);
    cached['diskLatency'] = rest(alone, cached['diskRequest']);
  }
  return Object.fromEntries(Object.entries(cached).map(([name, cost]) => [name, Math.round(cost)]));
}

/** `cost.fault=500ns cost.copy=440ns`: what a `machine` line takes. */
export const costWords = (costs: Readonly<Record<string, number>>): string =>
  Object.entries(costs)
    .map(([name, cost]) => `cost.${name}=${cost}ns`)
    .join(' ');

/** What was measured, and what could not be, a sentence each. */
export function findings(measured: Measured): string[] {
  const { fault, touch, copy, write, sequential, random, readAhead } = measured;
  const us = (time: number): string => `${(time / 1000).toFixed(2)}us`;
  const said = [
    `A page takes: to fault in ${us(fault)}, to touch again ${us(touch)}, to copy from the cache ${us(copy)}, to write anew ${us(write)}.`,
  ];
  if (sequential === null)
    said.push(
      "Reads from storage can't be measured here: the file stays cached (tmpfs, no dd, or a cache of the host's): the costs of a disk are left as they are.",
    );
  else {
    said.push(
      `Read from storage it takes ${us(sequential)} in a row, ${random === null ? 'and alone as little as from a cache: diskLatency is left as it is' : `${us(random)} alone`}.`,
    );
  }
  said.push(
    'Costs of reclaim and of swap are left as they are: no program can measure them without a limit.',
  );
  said.push(
    readAhead === null
      ? 'How far the kernel reads ahead here is unknown.'
      : `The kernel reads ahead up to ${readAhead / 1024}K here; the machine does as Linux 2.6.26, up to 128K.`,
  );
  return said;
}
