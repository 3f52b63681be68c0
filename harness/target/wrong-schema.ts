import { createRequire } from 'node:module';
import type { OperationsDocument } from '../generate/operations.ts';

const require = createRequire(import.meta.url);

/**
 * The first schema of a document that is none by JSON Schema 2020-12, with what is wrong with it; undefined where
 * all are right. Quotes no value.
 */
export function wrongSchema({ components, operations }: OperationsDocument): string | undefined {
  // Loaded here, because only a document of the user's own needs it.
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
    return `the ${name} is no JSON Schema: ${error?.instancePath || 'it'} ${error?.message ?? 'is not valid'}`;
  }
  return undefined;
}
