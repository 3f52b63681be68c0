import { createRequire } from 'node:module';
import { looksEndless } from '../../model/index.ts';
import type { OperationsDocument } from '../../model/openapi/operations.ts';
import { circularSchema } from './circular-schema.ts';

const require = createRequire(import.meta.url);

/**
 * The first invalid schema of a document by JSON Schema 2020-12, with what is wrong with it; undefined if all are
 * valid. Quotes no value.
 */
export function wrongSchema({ components, operations }: OperationsDocument): string | undefined {
  // Loaded here, because only a document of the user needs it.
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false });
  const named: readonly (readonly [name: string, schema: object | boolean | null])[] = [
    ...Object.entries(components.$defs).map(([name, schema]) => [`schema ${name}`, schema] as const),
    ...operations.flatMap(({ id, request, responses, parameters }) => [
      [`request body of ${id}`, request] as const,
      ...parameters.map(({ name, schema }) => [`parameter ${name} of ${id}`, schema] as const),
      ...Object.entries(responses).map(
        ([status, schema]) => [`response ${status} of ${id}`, schema] as const,
      ),
    ]),
  ];
  for (const [name, schema] of named) {
    if (schema === null || ajv.validateSchema(schema) === true) continue;
    const [error] = ajv.errors ?? [];
    return `the ${name} is not a JSON Schema: ${error?.instancePath || 'it'} ${error?.message ?? 'is not valid'}`;
  }
  const circular = circularSchema(components);
  if (circular !== undefined) {
    return `the schema ${circular} refers to itself without a member or an item in between`;
  }
  for (const [name, schema] of named) {
    const fault = patternFault(schema);
    if (fault !== undefined) return `the ${name} holds a pattern that ${fault}`;
  }
  return undefined;
}

/** Long enough for any pattern that ends, and short enough for a document with many others. */
const endlessMs = 500;

/** What is wrong with the first unusable pattern in a schema; does not quote it. */
function patternFault(schema: unknown): string | undefined {
  for (const pattern of patternsIn(schema)) {
    try {
      if (!looksEndless(new RegExp(pattern, 'u'), endlessMs)) continue;
      return 'may take too long on a long text; write it without nested repeats';
    } catch {
      return 'is not a regular expression';
    }
  }
  return undefined;
}

/** Members of a schema that contain values, not schemas. */
const isData = new Set(['const', 'default', 'enum', 'example', 'examples']);

function patternsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { pattern, patternProperties } = value as Record<string, unknown>;
  const keys = typeof patternProperties === 'object' ? Object.keys(patternProperties ?? {}) : [];
  const own = typeof pattern === 'string' ? [pattern] : [];
  const inner = Object.entries(value).filter(([name]) => !isData.has(name));
  return [...own, ...keys, ...inner.flatMap(([, one]) => patternsIn(one))];
}
