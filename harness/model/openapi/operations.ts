import { defined } from '../defined.ts';
import { isRecord } from '../json.ts';
import { isSuccess } from '../status.ts';
import { checkPath } from './paths.ts';
import { adoptSchema, COMPONENTS_ID, type JsonSchema, resolveLocal } from './references.ts';

/** One parameter of an operation. */
export interface ParameterDescription {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** A value that the document gives for it; missing if it gives none. */
  readonly example?: string;
}

/** One method and path of the API. `id` contains both: `POST /v1/events/create`. */
export interface OperationDescription {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly permission: 'read' | 'write';
  readonly source: 'documented' | 'inferred';
  /** The documented success statuses. */
  readonly success: readonly number[];
  /** Every documented status. Ranges such as `4XX` and `default` are only in `responses`. */
  readonly statuses: readonly number[];
  readonly request: JsonSchema | null;
  readonly parameters: readonly ParameterDescription[];
  /** By status as the document spells it; null if the answer has no JSON body. */
  readonly responses: Readonly<Record<string, JsonSchema | null>>;
}

/**
 * What the suite needs from an OpenAPI document. References are absolute: they point into `components`, which has its
 * own `$id`. Call `ajv.addSchema(document.components)`, then `ajv.compile(operation.request)`.
 */
export interface OperationsDocument {
  readonly document: { readonly title: string; readonly version: string };
  readonly operations: readonly OperationDescription[];
  readonly components: { readonly $id: string; readonly $defs: Readonly<Record<string, JsonSchema>> };
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Reads a parsed OpenAPI 3.1 document. Throws one sentence that says what is wrong. An operation without
 * `x-mufi-permission` or `x-mufi-source` takes them from the same method and path of `known`; names of path parameters
 * are ignored.
 */
export function describeOperations(openapiDocument: unknown, known?: OperationsDocument): OperationsDocument {
  const root = record(openapiDocument, 'The OpenAPI document');
  if (typeof root.openapi !== 'string' || !root.openapi.startsWith('3.1.')) {
    throw new Error(
      `The OpenAPI document must be version 3.1, this one says ${JSON.stringify(root.openapi)}.`,
    );
  }
  const info = record(root.info, 'The member info of the OpenAPI document');
  const paths = record(root.paths, 'The member paths of the OpenAPI document');
  const operations: OperationDescription[] = [];
  for (const [path, value] of Object.entries(paths)) {
    checkPath(path);
    const item = record(resolveLocal(root, value), `The path ${path}`);
    for (const method of METHODS) {
      if (item[method] !== undefined) operations.push(readOperation(root, path, method, item, known));
    }
  }
  if (operations.length === 0) throw new Error('The OpenAPI document has no operations.');
  rejectDuplicates(operations);
  return {
    document: { title: String(info.title ?? ''), version: String(info.version ?? '') },
    operations,
    components: { $id: COMPONENTS_ID, $defs: components(root) },
  };
}

/** The schema that the document gives for a status: its own, else the one of its range, else the default. */
export function responseSchema(
  operation: OperationDescription,
  status: number,
): JsonSchema | null | undefined {
  const names = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  const name = names.find((candidate) => candidate in operation.responses);
  return name === undefined ? undefined : operation.responses[name];
}

function readOperation(
  root: Record<string, unknown>,
  path: string,
  method: string,
  item: Record<string, unknown>,
  known?: OperationsDocument,
): OperationDescription {
  const id = `${method.toUpperCase()} ${path}`;
  const operation = record(item[method], `The operation ${id}`);
  const fallback = known?.operations.find((other) => anonymous(other.id) === anonymous(id));
  const responses = Object.entries(record(operation.responses, `The member responses of ${id}`));
  const statuses = responses.map(([status]) => Number(status)).filter(Number.isInteger);
  const success = statuses.filter(isSuccess);
  if (success.length === 0) throw new Error(`The operation ${id} documents no successful status.`);
  return {
    id,
    method: method.toUpperCase(),
    path,
    operationId: String(operation.operationId ?? fallback?.operationId ?? id),
    permission: oneOf(
      operation['x-mufi-permission'] ?? fallback?.permission,
      ['read', 'write'],
      'x-mufi-permission',
      id,
    ),
    source: oneOf(
      operation['x-mufi-source'] ?? fallback?.source ?? 'documented',
      ['documented', 'inferred'],
      'x-mufi-source',
      id,
    ),
    success,
    statuses,
    request: bodySchema(root, operation.requestBody, `The request body of ${id}`),
    parameters: parameters(root, item, operation, id),
    responses: Object.fromEntries(
      responses.map(([status, value]) => [
        status,
        bodySchema(root, value, `The response ${status} of ${id}`),
      ]),
    ),
  };
}

function bodySchema(root: Record<string, unknown>, value: unknown, what: string): JsonSchema | null {
  if (value === undefined) return null;
  const content = record(resolveLocal(root, value), what).content;
  if (content === undefined) return null;
  const json = Object.entries(record(content, `${what}, content,`)).find(([type]) => /[/+]json\b/.test(type));
  if (json === undefined) return null;
  return adoptSchema(root, record(json[1], what).schema ?? true);
}

function parameters(
  root: Record<string, unknown>,
  item: Record<string, unknown>,
  operation: Record<string, unknown>,
  id: string,
): ParameterDescription[] {
  const found = new Map<string, ParameterDescription>();
  for (const value of [...list(item.parameters, id), ...list(operation.parameters, id)]) {
    const parameter = record(resolveLocal(root, value), `A parameter of ${id}`);
    const name = String(parameter.name);
    const where = String(parameter.in);
    const schema = adoptSchema(root, parameter.schema ?? true);
    const example = exampleOf(root, parameter);
    const required = parameter.required === true;
    found.set(`${where} ${name}`, { name, in: where, required, schema, ...defined({ example }) });
  }
  return [...found.values()];
}

/** The first value of a parameter that the document gives, as text. */
function exampleOf(root: Record<string, unknown>, parameter: Record<string, unknown>): string | undefined {
  const named = Object.values(isRecord(parameter.examples) ? parameter.examples : {});
  const found = resolveLocal(root, parameter.schema ?? true);
  const schema = isRecord(found) ? found : {};
  const first = (values: unknown): unknown => (Array.isArray(values) ? values[0] : undefined);
  const given = [
    parameter.example,
    ...named
      .map((value) => resolveLocal(root, value))
      .map((value) => (isRecord(value) ? value.value : undefined)),
    first(schema.examples),
    schema.example,
    schema.default,
    schema.const,
    first(schema.enum),
  ];
  const value = given.find((one) => ['string', 'number', 'boolean'].includes(typeof one) && one !== '');
  return value === undefined ? undefined : String(value);
}

function components(root: Record<string, unknown>): Record<string, JsonSchema> {
  const schemas = record(record(root.components ?? {}, 'The member components').schemas ?? {}, 'The schemas');
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, adoptSchema(root, schema)]),
  );
}

function rejectDuplicates(operations: readonly OperationDescription[]): void {
  const seen = new Set<string>();
  for (const { operationId } of operations) {
    if (seen.has(operationId))
      throw new Error(`Two operations of the OpenAPI document are called ${operationId}.`);
    seen.add(operationId);
  }
}

function anonymous(id: string): string {
  return id.replace(/\{[^}]*\}/g, '{}');
}

function list(value: unknown, id: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`The parameters of ${id} must be a list.`);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], name: string, id: string): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`The operation ${id} needs ${name}: ${allowed.join(' or ')}.`);
  return found;
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new Error(`${what} must be an object.`);
}
