import { createRequire } from 'node:module';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Operation } from './model.ts';

interface DescribedOperation extends Operation {
  readonly request: object | null;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
}

interface GeneratedDocument {
  readonly operations: readonly DescribedOperation[];
  readonly components: { readonly $id: string };
}

const require = createRequire(import.meta.url);
const generated = require('mufi-auth-conformance/schemas/generated/mufi.schemas.json') as GeneratedDocument;
// `npm run generate` writes and checks the schemas.
const ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false });
formats.default(ajv);
ajv.addSchema(generated.components);
const validators = new Map<object, ValidateFunction>();
/** Ids of all operations. */
export const operationIds: readonly string[] = generated.operations.map(({ id }) => id);
const routes = generated.operations.map((operation) => ({ operation, segments: operation.path.split('/') }));

/** The operation that a method and a path mean. Fixed segments go before parameters. */
export function matchOperation(
  method: string,
  path: string,
): { operation: Operation; params: Record<string, string> } | undefined {
  const segments = path.split('/');
  let best: { operation: Operation; params: Record<string, string> } | undefined;
  for (const route of routes) {
    if (route.operation.method !== method || route.segments.length !== segments.length) continue;
    const params = matchSegments(route.segments, segments);
    if (params === undefined) continue;
    if (best === undefined || Object.keys(params).length < Object.keys(best.params).length) {
      best = { operation: route.operation, params };
    }
  }
  return best;
}

/** What is wrong with the parameters and the body of a call, one line each; empty if nothing is wrong. */
export function complaints(
  operation: Operation,
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
  body: unknown,
): string[] {
  const described = operation as DescribedOperation;
  const found: string[] = [];
  for (const parameter of described.parameters) {
    const raw = parameter.in === 'path' ? params[parameter.name] : (query.get(parameter.name) ?? undefined);
    if (raw === undefined) continue;
    const value = parameter.in === 'query' && /^-?\d{1,15}$/.test(raw) ? Number(raw) : raw;
    found.push(...check(parameter.schema, value, parameter.name));
  }
  if (described.request !== null) found.push(...check(described.request, body, 'body'));
  return found;
}

function check(schema: object, value: unknown, name: string): string[] {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${name}${error.instancePath} ${error.message ?? 'is invalid'}`,
  );
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== segment) return undefined;
    } else {
      const value = decoded(segment);
      if (value === undefined || value === '') return undefined;
      params[name] = value;
    }
  }
  return params;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
