/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { PageData, PageGroup } from '../packed.ts';
import { Chart } from './chart.ts';
import { Zoom } from './zoom.ts';

/** The script of a report's page: draws the charts when they come into view, and obeys the switches. */
function start(): void {
  const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{"groups":[]}');
  const zooms = data.groups.map(group);
  for (const button of document.querySelectorAll<HTMLElement>('[data-zoom]')) {
    button.addEventListener('click', () => {
      for (const zoom of zooms) zoom.by(Number(button.dataset['zoom']));
    });
  }
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-run]')) {
    input.addEventListener('change', () => {
      const selector = `[data-run="${input.dataset['run']}"]:not(input)`;
      for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = !input.checked;
    });
  }
}

function group({ until, charts }: PageGroup): Zoom {
  const zoom = new Zoom(until);
  const drawn = new Map<Element, Chart>();
  const wanted = new Map(charts.map((chart) => [chart.id, chart]));
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const chart = wanted.get(target.id);
        if (!isIntersecting || chart === undefined || drawn.has(target)) continue;
        drawn.set(target, new Chart(chart, target as HTMLElement, zoom));
      }
    },
    { rootMargin: '300px' },
  );
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) drawn.get(target)?.fit();
  });
  for (const { id } of charts) {
    const place = document.getElementById(id);
    if (place === null) continue;
    seen.observe(place);
    resized.observe(place);
  }
  return zoom;
}

start();
