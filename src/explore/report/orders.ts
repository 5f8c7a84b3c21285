import { shortDuration } from '../../kernel/numbers.ts';
import { visible } from '../../kernel/visible.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph, type Row, table } from '../../report/table.ts';
import type { Orders, Property } from '../orders/orders.ts';
import type { TurnTaken } from '../orders/turns.ts';

const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;

/** In how many orders each check held, and for each that did not the order with the fewest turns. */
export function ordersText(found: Orders, look: Look): string[] {
  const { title, bad } = palette(look.color);
  const broken = found.properties.filter((property) => property.broken !== null);
  const rows = found.properties.map(
    (property): Row => ({
      label: checkOf(property),
      cells: [`${property.holds} of ${property.orders}`, verdictOf(property, bad)],
    }),
  );
  return [
    ...paragraph(title(`${visible(found.script)}: ${extentOf(found)}`), look.width),
    ...table(['holds in', ''], rows, look.width),
    ...hintOf(found, look),
    ...broken.flatMap((property) => ['', ...orderOf(property, look)]),
  ];
}

const checkOf = ({ line, text }: Property): string =>
  line === 0 ? visible(text) : `${line}: ${visible(text)}`;

function verdictOf({ holds, orders, broken }: Property, bad: (text: string) => string): string {
  if (broken === null) return orders === holds ? 'holds' : '';
  return bad(broken.turns.length === 0 ? 'broken' : 'by luck');
}

function extentOf({ orders, bounds, complete, left }: Orders): string {
  const most = `at most ${count(bounds.preemptions, 'preemption')}`;
  if (complete) return `${count(orders, 'order')}, all there are with ${most}`;
  const rest =
    left === null
      ? 'and there are more'
      : `and not ${count(left.orders, 'other')} that differ from the scheduler's own in ${count(left.turns, 'turn')}, nor those that do in more`;
  return `${count(orders, 'order')} with ${most}, ${rest}: what holds in them may not hold in all`;
}

function hintOf({ choices, cpus }: Orders, look: Look): string[] {
  if (choices > 0 || cpus < 2) return [];
  const hint = `Nobody ever waits for one of the ${cpus} CPUs: with \`machine cpus=1\` as the first line there is more to choose.`;
  return ['', ...paragraph(hint, look.width)];
}

function orderOf(property: Property, look: Look): string[] {
  const { bad } = palette(look.color);
  const { found, turns } = property.broken ?? { found: '', turns: [] };
  const where =
    turns.length === 0
      ? "in the scheduler's own order"
      : `in its own order but for ${count(turns.length, 'turn')}`;
  return [
    ...paragraph(`${bad(checkOf(property))}: ${visible(found)}, ${where}`, look.width),
    ...turns.flatMap((turn) => paragraph(turnText(turn), look.width, '  ')),
  ];
}

const turnText = ({ time, runs, insteadOf, preempts }: TurnTaken): string =>
  `at ${shortDuration(time)} ${visible(runs)} runs, not ${visible(insteadOf)}${preempts ? ', which could have gone on' : ''}`;
