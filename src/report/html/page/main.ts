/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { PageData } from '../packed.ts';
import { applySwitches, Group } from './group.ts';
import { Live } from './live.ts';

/** The script of a report's page: draws the charts when they come into view, obeys the switches, and has runs made anew. */
function start(): void {
  const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{"groups":[]}');
  const live = Live.of(data);
  const groups = data.groups.map(
    (each, index) => new Group(each, live === null ? null : (...to) => live.move(index, ...to)),
  );
  live?.begin(groups);
  for (const button of document.querySelectorAll<HTMLElement>('[data-zoom]')) {
    button.addEventListener('click', () => {
      for (const { zoom } of groups) zoom.by(Number(button.dataset['zoom']));
    });
  }
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset['run'] !== undefined) applySwitches();
  });
}

start();
