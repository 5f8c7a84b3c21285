/** What stands for each sign of ours where the terminal knows ASCII alone. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ '…': '>', '·': '.', '•': '*', '×': 'x', '→': '>', '←': '<', '↑': '^', '↓': 'v' },
  ...{ '▲': '^', '▼': 'v', '▸': '+', '▾': '-', '▶': '>', '●': '*', '○': 'o' },
  ...{ '─': '-', '━': '=', '╌': '~', '┅': '=', '┈': '.', '│': '|', '┃': '|', '╎': '|', '┊': ':' },
  ...{ '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+' },
  ...{
    '█': '#',
    '▌': '=',
    '▓': '#',
    '▒': '=',
    '░': '-',
    '▁': '.',
    '▂': '.',
    '▃': ':',
    '▄': ':',
    '▅': '=',
    '▆': '=',
    '▇': '#',
  },
};
const OURS = new RegExp(`[${Object.keys(SIGNS).join('')}]`, 'g');

export const inAscii = (row: string): string => row.replace(OURS, (sign) => SIGNS[sign] ?? '?');
