import type { ControlFile } from '../../fs/types.ts';
import { counterpart } from '../../fs/versions.ts';
import { FILES_OF, KERNEL_VERSIONS, KERNELS, kernelNamed, USUAL_FILES } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { type Definition, definitionList, sentence } from './definitions.ts';

/** What a control file does, its rule, its default, and where it comes from. */
export function fileHelp(file: ControlFile, look: Look): string {
  const paint = palette(look.color);
  const rows: Definition[] = [
    ['read', file.read === undefined ? REFUSED : (file.reads ?? ofKind(file))],
    ['write', file.writes ?? REFUSED],
    ['rule', file.rule],
    ['at first', file.initially],
    ['machine', machineOf(file)],
    ['source', file.source],
  ];
  const painted = rows.map(([term, meaning]): Definition => [paint.label(term), meaning]);
  const lines = [
    paint.title(file.name),
    '',
    ...paragraph(`${sentence(file.about)}.`, look.width, '  '),
    '',
    ...definitionList(painted, look.width),
    '',
    paint.label('Example'),
    ...exampleOf(file).map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What `memcg reset` is told to have the file, each a way; none: every machine has it. */
function waysTo({ name }: ControlFile): string[] {
  if (isUsual(name)) return [];
  return KERNEL_VERSIONS.flatMap((version) => {
    const kernel = version === DEFAULT_OPTIONS.kernel ? [] : [`kernel=${version}`];
    const { policies } = KERNELS[kernelNamed(version)];
    const having = policies.filter(({ files }) => files.some((file) => file.name === name));
    if (having.length > 0) return having.map((policy) => [...kernel, `policy=${policy.name}`].join(' '));
    return FILES_OF[version].some((file) => file.name === name) ? kernel : [];
  });
}

const isUsual = (name: string): boolean => USUAL_FILES.some((file) => file.name === name);

function machineOf(file: ControlFile): string {
  const ways = waysTo(file);
  if (ways.length === 0) return 'the one that memcg boots by itself';
  const instead = counterpart(file.name, 1, isUsual);
  const usual = instead === null ? '' : `; the one that memcg boots by itself has ${instead} for it`;
  return `one that is booted with ${ways.join(' or ')}${usual}`;
}

function exampleOf(file: ControlFile): string[] {
  const [way] = waysTo(file);
  return [...(way === undefined ? [] : [`memcg reset ${way}`]), `memcg ${file.example}`];
}

const REFUSED = 'nothing: EINVAL';
const ofKind = ({ kind }: ControlFile): string => (kind === 'bytes' ? 'bytes' : 'a number');
