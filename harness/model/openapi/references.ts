import { isRecord } from '../json.ts';

/** A JSON Schema (2020-12) for ajv with `strict: false`. */
export type JsonSchema = Record<string, unknown> | boolean;

/** The `$id` under which ajv knows the component schemas of a document. */
export const COMPONENTS_ID = 'urn:openapi:components';

/** The most parts that one schema may have, with everything that is pasted into it. */
const mostNodes = 100_000;

const SCHEMAS = '#/components/schemas/';

/** Follows a `$ref` into the same document, repeatedly if needed; returns other values unchanged. */
export function resolveLocal(root: unknown, value: unknown): unknown {
  let current = value;
  for (let hops = 0; hops < 32; hops += 1) {
    const reference = referenceOf(current);
    if (reference === undefined) return current;
    current = pointed(root, reference);
  }
  throw new Error('The OpenAPI document has a circular reference.');
}

/** A schema with every reference made absolute, or replaced by its target if that is not a component schema. */
export function adoptSchema(root: unknown, schema: unknown): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const adopted = adopt(root, schema, 0, { left: mostNodes });
  if (isRecord(adopted)) return adopted;
  throw new Error('The OpenAPI document has a schema that is neither an object nor a boolean.');
}

function adopt(root: unknown, value: unknown, depth: number, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0)
    throw new Error('The OpenAPI document has references that expand to far too many schemas.');
  if (depth > 200) throw new Error('The OpenAPI document has schemas that are nested too deeply.');
  if (Array.isArray(value)) return value.map((entry) => adopt(root, entry, depth + 1, budget));
  if (typeof value !== 'object' || value === null) return value;
  const reference = referenceOf(value);
  if (reference !== undefined && !reference.startsWith(SCHEMAS)) {
    return adopt(root, pointed(root, reference), depth + 1, budget);
  }
  if (reference !== undefined) pointed(root, reference);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) =>
      key === '$ref' && reference !== undefined
        ? [key, `${COMPONENTS_ID}#/$defs/${reference.slice(SCHEMAS.length)}`]
        : [key, adopt(root, entry, depth + 1, budget)],
    ),
  );
}

function referenceOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return undefined;
  const reference = value.$ref;
  // A property with the name $ref contains a schema, not a string.
  if (typeof reference !== 'string') return undefined;
  if (reference.startsWith('#/')) return reference;
  throw new Error(`The OpenAPI document refers to ${reference}; bundle it into one file first.`);
}

function pointed(root: unknown, reference: string): unknown {
  let current = root;
  for (const part of reference.slice(2).split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    const here = typeof current === 'object' && current !== null ? current : {};
    if (!Object.hasOwn(here, name))
      throw new Error(`The OpenAPI document refers to ${reference}, which does not exist.`);
    current = (here as Record<string, unknown>)[name];
  }
  return current;
}
