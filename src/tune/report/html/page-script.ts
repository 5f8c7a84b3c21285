/**
 * What the page does when it is used: tables are sorted by their columns, points and rows show each other,
 * commands are copied. Plain script for browsers, kept as text: the page is whole without it.
 */
export const PAGE_SCRIPT = `
(() => {
  'use strict';
  const number = (text) => {
    const value = Number.parseFloat(text.replaceAll(',', '').replace(/[<≥]/, ''));
    return Number.isNaN(value) ? (text === 'none' ? 0 : null) : value;
  };
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (x !== null && y !== null) return x - y;
    return x === null && y === null ? a.localeCompare(b, 'en') : x === null ? 1 : -1;
  };

  for (const button of document.querySelectorAll('button.sort')) {
    button.addEventListener('click', () => {
      const head = button.closest('th');
      const body = head.closest('table').tBodies[0];
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const text = (row) => row.cells[head.cellIndex].textContent;
      const rows = [...body.rows].sort(
        (a, b) => (up ? 1 : -1) * compare(text(a), text(b)) || Number(a.dataset.t) - Number(b.dataset.t),
      );
      body.append(...rows);
    });
  }

  for (const input of document.querySelectorAll('.filter input')) {
    input.addEventListener('change', () => {
      for (const row of input.closest('section').querySelectorAll('.trials tbody tr'))
        row.hidden = input.checked && !row.hasAttribute('data-front');
    });
  }

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.append(tip);

  const light = (section, index) => {
    for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (index === undefined) return;
    for (const part of section.querySelectorAll('[data-t="' + index + '"]')) part.classList.add('lit');
  };
  const describe = (row) => {
    const heads = row.closest('table').tHead.rows[0].cells;
    const title = document.createElement('strong');
    const said = new Map([...row.cells].map((cell, i) => [heads[i].textContent.trim(), cell.textContent.trim()]));
    const best = row.classList.contains('best') ? ' (recommended)' : '';
    const stop = said.get('stop at, M');
    title.textContent = 'start at ' + said.get('start at, M') + 'M' + (stop ? ', stop at ' + stop + 'M' : '') + best;
    const lines = [...said].filter(([name]) => !/^(rank|start|stop)/.test(name));
    tip.replaceChildren(title, lines.map(([name, text]) => name + ': ' + text).join('\\n'));
  };
  const show = (event, row) => {
    describe(row);
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const left = event.clientX + 18 + width > innerWidth ? event.clientX - 18 - width : event.clientX + 18;
    tip.style.left = Math.max(4, left) + scrollX + 'px';
    tip.style.top = Math.min(event.clientY + 12, innerHeight - height - 8) + scrollY + 'px';
  };

  for (const section of document.querySelectorAll('section')) {
    const rows = new Map([...section.querySelectorAll('.trials tbody tr')].map((row) => [row.dataset.t, row]));
    for (const plot of section.querySelectorAll('.plots')) {
      plot.addEventListener('pointermove', (event) => {
        const index = event.target.closest('[data-t]')?.dataset.t;
        light(section, index);
        const row = rows.get(index);
        if (row === undefined) tip.hidden = true;
        else show(event, row);
      });
      plot.addEventListener('pointerleave', () => {
        light(section);
        tip.hidden = true;
      });
      plot.addEventListener('click', (event) => {
        const row = rows.get(event.target.closest('[data-t]')?.dataset.t);
        if (row === undefined) return;
        row.hidden = false;
        row.scrollIntoView({ block: 'center' });
        light(section, row.dataset.t);
      });
    }
    const table = section.querySelector('.trials tbody');
    table?.addEventListener('pointerover', (event) => light(section, event.target.closest('tr')?.dataset.t));
    table?.addEventListener('pointerleave', () => light(section));
  }

  for (const button of document.querySelectorAll('button.copy')) {
    button.addEventListener('click', async () => {
      const text = button.closest('.command').querySelector('pre');
      const said = button.textContent;
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        getSelection().selectAllChildren(text);
        document.execCommand('copy');
      }
      button.textContent = 'copied';
      setTimeout(() => { button.textContent = said; }, 1500);
    });
  }
})();
`;
