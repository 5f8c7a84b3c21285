import type { ControlFile } from '../../fs/types.ts';
import { counterpart } from '../../fs/versions.ts';
import { FILES_OF, KERNEL_VERSIONS, POLICIES, policyNamed, USUAL_FILES } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { type Definition, definitionList } from './definitions.ts';

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
  const policies = POLICIES.filter((policy) => policyNamed(policy).files.some((file) => file.name === name));
  const kernels = KERNEL_VERSIONS.filter(
    (version) => version !== DEFAULT_OPTIONS.kernel && FILES_OF[version].some((file) => file.name === name),
  );
  return [
    ...policies.map((policy) => `policy=${policy}`),
    ...kernels.map((version) => `--kernel ${version}`),
  ];
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

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
