import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describedVariables } from '../../../harness/engine/configuration/variables.ts';
import { stableJson } from '../../../harness/generate/canonical.ts';
import { lintOpenApi, readOpenApi, readSchemaFile } from '../../../harness/generate/documents.ts';
import { blockIn } from '../../../harness/generate/readme-block.ts';
import { variablesBlock, variablesMark } from '../../../harness/generate/variables-table.ts';
import type { Permission } from '../../../harness/model/index.ts';
import {
  describeOperations,
  type OperationsDocument,
  responseSchema,
} from '../../../harness/model/openapi/operations.ts';
import { textOf } from '../support/imports.ts';
import { reading, writing } from '../support/operations-of-mufi.ts';

const minimal = (operation: object, more: object = {}): object => ({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: { '/things/{id}': { get: operation } },
  ...more,
});
const good = { 'x-mufi-permission': 'read', responses: { 200: { description: 'Done.' } } };

test('the documents are clean and what was generated is fresh', async () => {
  expect(await lintOpenApi('mufi.openapi.yaml')).toEqual([]);
  expect(await lintOpenApi('control.openapi.yaml')).toEqual([]);
  const described = describeOperations(await readOpenApi('mufi.openapi.yaml'));
  expect(await readSchemaFile('generated/mufi.schemas.json')).toBe(stableJson(described));
});

test('every variable has a line of documentation in the README', () => {
  const variables = describedVariables();
  expect(variables.length).toBeGreaterThan(20);
  expect(variables.filter(({ description }) => description === '')).toEqual([]);
  const table = blockIn(textOf('README.md'), variablesMark);
  expect(table).toBe(variablesBlock(variables));
  for (const { name } of variables) expect(table).toContain(`| \`${name}\` |`);
});

test('--check passes on what was generated', () => {
  const { status, stderr } = spawnSync('npx', ['tsx', 'harness/generate/index.ts', '--check'], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});

/** Others may be added. */
const ofMufi: Readonly<Record<Permission, readonly string[]>> = { read: reading, write: writing };

test('the operations are the documented ones', async () => {
  const { operations } = describeOperations(await readOpenApi('mufi.openapi.yaml'));
  for (const permission of ['read', 'write'] as const) {
    const found = operations.filter((one) => one.permission === permission).map(({ id }) => id);
    expect(found.filter((id) => ofMufi[permission].includes(id))).toEqual(ofMufi[permission]);
  }
  const known = operations.filter(({ id }) => [...reading, ...writing].includes(id));
  const inferred = known.filter(({ source }) => source === 'inferred').map(({ id }) => id);
  expect(inferred).toEqual(['GET /v1/events']);
  for (const operation of known) {
    expect(operation.statuses).toEqual([operation.success[0], 400, 401, 403, 404, 422, 429].sort());
  }
});

test('every schema compiles once the components are known', async () => {
  const document = describeOperations(await readOpenApi('mufi.openapi.yaml'));
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema(document.components);
  for (const { request, parameters, responses } of document.operations) {
    const schemas = [request, ...parameters.map(({ schema }) => schema), ...Object.values(responses)];
    for (const schema of schemas) if (schema !== null) ajv.compile(schema);
  }
  const create = document.operations.find(({ operationId }) => operationId === 'createUsers')!;
  const validate = ajv.compile(create.request!);
  const users = (count: number): object[] =>
    Array.from({ length: count }, (_, n) => ({ email: `u${n}@example.org` }));
  expect([0, 1, 1500, 1501].map((count) => validate(users(count)))).toEqual([false, true, true, false]);
});

test('a status finds its own schema, that of its range, or the default one', () => {
  const body = (title: string): object => ({
    description: title,
    content: { 'application/json': { schema: { title } } },
  });
  const responses = { 200: body('ok'), '4XX': body('client'), default: body('any') };
  const [operation] = describeOperations(minimal({ ...good, responses })).operations;
  const titles = [200, 404, 500].map((status) => responseSchema(operation!, status));
  expect(titles).toEqual([{ title: 'ok' }, { title: 'client' }, { title: 'any' }]);
  expect(operation!.statuses).toEqual([200]);
});

test('what a document leaves out is taken from a known one', () => {
  const known = describeOperations(
    minimal({ ...good, operationId: 'getThing', 'x-mufi-source': 'inferred' }),
  );
  const { 'x-mufi-permission': _, ...bare } = good;
  const foreign = { ...minimal({}), paths: { '/things/{thing}': { get: bare } } };
  const [operation] = describeOperations(foreign, known).operations;
  expect(operation).toMatchObject({ permission: 'read', source: 'inferred', operationId: 'getThing' });
});

test('references reach into the document, also in circles', () => {
  const schema = { $ref: '#/components/schemas/Tree' };
  const more = {
    components: {
      responses: { Ok: { description: 'Done.', content: { 'application/json': { schema } } } },
      schemas: { Tree: { type: 'array', items: schema } },
    },
  };
  const document: OperationsDocument = describeOperations(
    minimal({ ...good, responses: { 200: { $ref: '#/components/responses/Ok' } } }, more),
  );
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document.components);
  const validate = ajv.compile(document.operations[0]!.responses['200'] as object);
  expect([validate([[], [[]]]), validate([1])]).toEqual([true, false]);
});

for (const [what, document, sentence] of [
  ['no object', 'openapi: 3.1.0', 'The OpenAPI document must be an object.'],
  [
    'an old version',
    { openapi: '3.0.3' },
    'The OpenAPI document must be version 3.1, this one says "3.0.3".',
  ],
  ['no paths', { openapi: '3.1.0', info: {} }, 'The member paths of the OpenAPI document must be an object.'],
  ['no operations', { openapi: '3.1.0', info: {}, paths: {} }, 'The OpenAPI document has no operations.'],
  [
    'no permission',
    minimal({ responses: { 200: {} } }),
    'The operation GET /things/{id} needs x-mufi-permission: read or write.',
  ],
  [
    'no success',
    minimal({ ...good, responses: { 400: {} } }),
    'The operation GET /things/{id} documents no successful status.',
  ],
  [
    'a dangling reference',
    minimal({ ...good, responses: { 200: { $ref: '#/components/responses/Gone' } } }),
    'The OpenAPI document refers to #/components/responses/Gone, which does not exist.',
  ],
  [
    'a reference to another file',
    minimal({ ...good, responses: { 200: { $ref: 'other.yaml#/Ok' } } }),
    'The OpenAPI document refers to other.yaml#/Ok; bundle it into one file first.',
  ],
] as const) {
  test(`a document with ${what} is refused in one sentence`, () => {
    expect(() => describeOperations(document)).toThrow(new Error(sentence));
  });
}
