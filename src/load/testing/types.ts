/** As much of JSON Schema as our own schemas use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
}

/**
 * The TypeScript types of what a schema accepts, one for the whole and one for each definition that is more than a word or a number.
 * It reads `if`, `then` and `else` in the way in which our schemas use them: to choose among the forms that a value may have.
 */
export function typesOf(schema: JsonSchema, name: string): string {
  const definitions = schema.$defs ?? {};
  const toType = typing(definitions);
  const named = Object.entries(definitions).filter(([, one]) => isNamed(one));
  const all = [[name, schema] as const, ...named.map(([key, one]) => [nameOf(key), one] as const)];
  const shared = sharedAmong(all, toType);
  return [
    ...all.map(([title, one]) => declaration(title, one, shared, toType)),
    ...shared.map(({ title, fields }) => `export interface ${title} { ${fields.join(' ')} }`),
  ].join('\n\n');
}

type ToType = (schema: JsonSchema) => string;

/** What depends on one key among several is a table by that key, and the union of what stands in it. */
function declaration(title: string, schema: JsonSchema, shared: readonly Shared[], toType: ToType): string {
  const cases = casesOf(schema);
  if (cases !== undefined && schema.type === 'object') {
    const rows = cases.map(({ key, has }) => `readonly ${JSON.stringify(key)}: ${toType(has)};`);
    return `export interface ${title}ByKind { ${rows.join(' ')} }\n\nexport type ${title} = ${title}ByKind[keyof ${title}ByKind];`;
  }
  if (schema.properties === undefined) return `export type ${title} = ${toType(schema)};`;
  const bases = shared.filter(({ owners }) => owners.includes(title));
  const own = fieldsOf(schema, toType).filter((field) => !bases.some(({ fields }) => fields.includes(field)));
  const from = bases.length === 0 ? '' : ` extends ${bases.map((base) => base.title).join(', ')}`;
  return `export interface ${title}${from} { ${own.join(' ')} }`;
}

/** Fields that the same several types have. */
interface Shared {
  readonly title: string;
  readonly owners: readonly string[];
  readonly fields: readonly string[];
}

const ownersMin = 3;

function sharedAmong(all: readonly (readonly [string, JsonSchema])[], toType: ToType): readonly Shared[] {
  const owners = new Map<string, string[]>();
  for (const [title, schema] of all)
    for (const field of fieldsOf(schema, toType)) owners.set(field, [...(owners.get(field) ?? []), title]);
  const groups = new Map<string, Shared>();
  for (const [field, titles] of owners) {
    const key = titles.join(' ');
    const { title, fields } = groups.get(key) ?? { title: titleOf(field), fields: [] };
    groups.set(key, { title, owners: titles, fields: [...fields, field] });
  }
  return [...groups.values()].filter((one) => one.owners.length >= ownersMin && one.fields.length > 1);
}

/** Named by the first field: `RawWithName`. */
function titleOf(field: string): string {
  return nameOf(`with-${/"([a-z-]+)"/.exec(field)?.[1] ?? ''}`);
}

function typing(definitions: Readonly<Record<string, JsonSchema>>): ToType {
  const toType = (schema: JsonSchema): string => {
    const target = schema.$ref?.replace('#/$defs/', '');
    if (target !== undefined) {
      const definition = definitions[target];
      if (definition === undefined) throw new Error(`no definition ${target}`);
      return isNamed(definition) ? nameOf(target) : toType(definition);
    }
    if ('const' in schema) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
    if (schema.if !== undefined && schema.if.pattern === undefined) return chosen(schema, schema.if, toType);
    const cases = casesOf(schema);
    if (cases !== undefined) return cases.map(({ has }) => toType(has)).join(' | ');
    if (schema.type === undefined) return 'Json';
    return [schema.type]
      .flat()
      .map((type) => plain(type, schema, toType))
      .join(' | ');
  };
  return toType;
}

/** The branch for what `if` is about, and the other one; what a branch does not say is said around it. */
function chosen(schema: JsonSchema, condition: JsonSchema, toType: ToType): string {
  const all = [schema.type ?? []].flat();
  const mine = [condition.type ?? all].flat();
  const rest = condition.required === undefined ? all.filter((type) => !mine.includes(type)) : all;
  const { if: _, then: __, else: ___, ...around } = schema;
  const branch = (one: JsonSchema | undefined, types: readonly string[]) =>
    toType({ ...around, ...(types.length > 0 && { type: types }), ...one });
  return [branch(schema.then, mine), ...(rest.length > 0 ? [branch(schema.else, rest)] : [])].join(' | ');
}

interface Case {
  readonly key: string;
  readonly has: JsonSchema;
}

function casesOf({ allOf }: JsonSchema): readonly Case[] | undefined {
  return allOf?.flatMap(({ if: condition, then }) =>
    (condition?.required ?? []).map((key) => ({ key, has: then ?? {} })),
  );
}

function plain(type: string, schema: JsonSchema, toType: ToType): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return (schema.pattern === undefined ? undefined : finite(schema.pattern)) ?? 'string';
    case 'array':
      return schema.items === undefined ? 'readonly Json[]' : `readonly (${toType(schema.items)})[]`;
    case 'object':
      return objectType(schema, toType);
    default:
      return type;
  }
}

function objectType(schema: JsonSchema, toType: ToType): string {
  const { properties, additionalProperties } = schema;
  if (properties !== undefined) return `{ ${fieldsOf(schema, toType).join(' ')} }`;
  const values = typeof additionalProperties === 'object' ? toType(additionalProperties) : 'Json';
  return `Readonly<Record<string, ${values}>>`;
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema, toType: ToType): readonly string[] {
  return Object.entries(properties).map(
    ([key, one]) => `readonly ${JSON.stringify(key)}${required.includes(key) ? '' : '?'}: ${toType(one)};`,
  );
}

/** The words that a pattern of letters and short ranges of digits allows; undefined where it allows more. */
function finite(pattern: string): string | undefined {
  const parts = /^\^((?:[a-z]|\[\d-\d\])+)\$$/.exec(pattern)?.[1]?.match(/[a-z]+|\[\d-\d\]/g);
  if (parts == null) return undefined;
  const words = parts.reduce<readonly string[]>(
    (before, part) => before.flatMap((start) => lettersOf(part).map((end) => start + end)),
    [''],
  );
  return words.map((word) => JSON.stringify(word)).join(' | ');
}

function lettersOf(part: string): readonly string[] {
  const [from, to] = [Number(part[1]), Number(part[3])];
  return part.startsWith('[') ? Array.from({ length: to - from + 1 }, (_, i) => String(from + i)) : [part];
}

/** A word, a number, or a list of something that has a name needs no name of its own. */
function isNamed({ type, properties, items, ...schema }: JsonSchema): boolean {
  if (schema.$ref !== undefined || 'const' in schema) return false;
  if (schema.enum !== undefined || properties !== undefined || schema.if !== undefined) return true;
  if (schema.allOf !== undefined) return true;
  return type === 'array' && items?.$ref === undefined;
}

function nameOf(key: string): string {
  return `Raw${key.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}
