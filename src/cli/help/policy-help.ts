import { kernelsWith, type Policy } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { shortName } from '../../script/paths.ts';
import { type Definition, definitionList, sentence } from './definitions.ts';

/** The options of a machine that runs it. */
export function machineWith(policy: string): string {
  const kernels = kernelsWith(policy);
  const kernel = kernels.includes(DEFAULT_OPTIONS.kernel) ? '' : `kernel=${kernels[0]} `;
  return `${kernel}policy=${policy}`;
}

/** Who reclaims in the background under a policy, by which marks and files, and where it comes from. */
export function policyHelp(policy: Policy, look: Look): string {
  const paint = palette(look.color);
  const { name, about, home, source, reclaimer, runs, start, stop, files } = policy;
  const kernels = kernelsWith(name);
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
  ];
  const painted = rows.map(([term, meaning]): Definition => [paint.label(term), meaning]);
  const lines = [
    paint.title(`policy=${name}`),
    '',
    ...paragraph(`${sentence(about)}.`, look.width, '  '),
    '',
    ...definitionList(painted, look.width),
    '',
    paint.label('Example'),
    `  memcg reset ${machineWith(name)}`,
  ];
  return `${lines.join('\n')}\n`;
}
