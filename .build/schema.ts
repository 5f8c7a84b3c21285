/** dist/schema: what each command prints with `--json`, as JSON schemas made of its TypeScript types. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type BaseType,
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  EnumType,
  NumberType,
  type Schema,
  SchemaGenerator,
  type SubNodeParser,
} from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist/schema');
const TYPE = 'JsonOutputs';

const config: CompletedConfig = {
  ...DEFAULT_CONFIG,
  path: join(root, 'src/cli/json-outputs.ts'),
  tsconfig: join(root, 'tsconfig.json'),
  type: TYPE,
  // tsc checks them.
  skipTypeCheck: true,
  sortProps: false,
};
const program = createProgram(config);
const checker = program.getTypeChecker();

/** What the checker knows and syntax does not tell: the words that a name stands for, and that units are numbers. */
const KNOWN: SubNodeParser = {
  supportsNode: (node) => knownType(node) !== null,
  createType: (node) => knownType(node) ?? new NumberType(),
};

function knownType(node: Parameters<SubNodeParser['supportsNode']>[0]): BaseType | null {
  const type = checker.getTypeAtLocation(node);
  if (type.isIntersection() && checker.isTypeAssignableTo(type, checker.getNumberType()))
    return new NumberType();
  const all = type.isUnion() ? type.types : [type];
  const words = all.flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
  return words.length === all.length ? new EnumType(words.join(), words) : null;
}

const parser = createParser(program, config, (all) => all.addNodeParser(KNOWN));
const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
const { definitions = {} } = generator.createSchema(TYPE);

interface Described {
  readonly description?: string;
}

/** Of what a schema refers to, and of what that does. */
function used(schema: unknown, found: Record<string, unknown> = {}): Record<string, unknown> {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/(.*?)"/g)) {
    const key = decodeURIComponent(name);
    if (Object.hasOwn(found, key)) continue;
    found[key] = definitions[key];
    used(definitions[key], found);
  }
  return found;
}

const { properties = {} } = definitions[TYPE] as Schema;
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
for (const [name, own] of Object.entries(properties)) {
  const { description, ...shape } = own as Described;
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `memcg ${name} --json`,
    description,
    ...shape,
    definitions: used(shape),
  };
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 1)}\n`);
}
