import type { Ajv2020 } from 'ajv/dist/2020.js';
import { createRequire } from 'node:module';
import type { Json } from '../model/request.js';
import { isObject, type JsonObject } from '../model/json.js';
import { isDistinct } from './distinct.js';
import { matches } from './pattern.js';

/**
 * Whether a value meets a JSON Schema of a suite. `load/` has refused schemas that refer to themselves or that grow beyond a bound, so
 * each part of a schema looks at each part of the value once; what else could take longer than that is replaced here.
 */
export function validates(schema: Json, value: Json): boolean {
  return isObject(schema) && compiled(schema)(value);
}

type Validate = (value: Json) => boolean;

// By object, not by text or `$id`: two schemas never meet.
const validators = new WeakMap<JsonObject, Validate>();

function compiled(schema: JsonObject): Validate {
  const before = validators.get(schema);
  if (before !== undefined) return before;
  const validate = loadSchemas().compile(schema);
  const fresh: Validate = (value) => validate(value);
  validators.set(schema, fresh);
  return fresh;
}

// Few checks hold a result against a schema, and the compiler takes longer to load than a local server to be examined.
const requireAjv = createRequire(import.meta.url);
let ajv: Ajv2020 | undefined;

export function loadSchemas(): Ajv2020 {
  return (ajv ??= compiler());
}

function compiler(): Ajv2020 {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/consistent-type-imports
  const { Ajv2020: Ajv } = requireAjv('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const made = new Ajv({
    strict: false,
    logger: false,
    validateFormats: false,
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
    // A field that is called `constructor` is there when it was sent, and else it is not.
    ownProperties: true,
    code: { regExp },
  });
  // The compiler's own way compares each item of a list with each other one.
  made.removeKeyword('uniqueItems');
  return made.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    validate: (wanted: boolean, list: readonly Json[]) => !wanted || isDistinct(list),
  });
}

const regExp = Object.assign(
  (pattern: string) => ({
    test: (text: string) => matches(pattern, text),
    // The compiler knows one pattern from another by this.
    toString: () => pattern,
  }),
  { code: '' },
);
