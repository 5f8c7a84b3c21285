import { kernelsWith, type Policy } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { shortName } from '../../script/paths.ts';
import { type Definition, definitionList } from './definitions.ts';
import { sentence } from './file-help.ts';

/** Who reclaims in the background under a policy, by which marks and files, and where it comes from. */
export function policyHelp(policy: Policy, look: Look): string {
  const paint = palette(look.color);
  const { name, about, home, source, reclaimer, runs, start, stop, files } = policy;
  const kernels = kernelsWith(name);
  const usual = kernels.includes(DEFAULT_OPTIONS.kernel);
  const mark = (term: string, to: typeof start): Definition[] =>
    to === null ? [] : [[term, `${to.name}, by ${to.knob}`]];
  const rows: Definition[] = [
    ['who', runs === 'never' ? 'nobody' : `${reclaimer}, ${runs}`],
    ...mark('start at', start),
    ...mark('stop at', stop),
    ['files', files.map((file) => shortName(file.name)).join(', ') || 'none of its own'],
    ['kernel', home],
    ['runs on', kernels.join(', ')],
    ['source', source],
    ['example', `memcg up ${usual ? '' : `kernel=${kernels[0]} `}policy=${name}`],
  ];
  const painted = rows.map(([term, meaning]): Definition => [paint.label(term), meaning]);
  const lines = [
    paint.title(`policy=${name}`),
    '',
    ...paragraph(`${sentence(about)}.`, look.width, '  '),
    '',
    ...definitionList(painted, look.width),
  ];
  return `${lines.join('\n')}\n`;
}
