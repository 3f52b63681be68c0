import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  bundledDocument,
  loadDocument,
  operationsOf,
} from '../../../../harness/engine/configuration/operations.ts';
import { wrongSchema } from '../../../../harness/engine/configuration/wrong-schema.ts';
import { write } from '../../support/environments.ts';
import { refusal } from '../../support/refusal.ts';

/** Reads a text as an OpenAPI file. */
const openapi = (text: string): (() => unknown) => {
  const path = test.info().outputPath('openapi.yaml');
  writeFileSync(path, text);
  return () => loadDocument(path);
};

/** A document with one operation that answers with a body of this schema. */
const withAnswer = (schema: string): string => `openapi: 3.1.0
info: {title: t, version: '1'}
paths: {/v1/version: {get: {responses: {'200': {content: {application/json: {schema: ${schema}}}}}}}}`;

test('every schema of the bundled document is one', () => {
  expect(wrongSchema(bundledDocument)).toBeUndefined();
});

test('an OpenAPI file that cannot be used is refused in one sentence that quotes nothing of it', () => {
  const path = test.info().outputPath('openapi.yaml');
  expect(refusal(() => loadDocument('/no/such/file.yaml'))).toBe(
    'The OpenAPI file /no/such/file.yaml cannot be read; check --openapi.',
  );
  const cannot = `The OpenAPI file ${path} cannot be used: `;
  for (const [text, why] of [
    ['openapi: 3.0.3', 'The OpenAPI document must be version 3.1, this one says "3.0.3".'],
    ['just a text', 'The OpenAPI document must be an object.'],
    [`MUFI_WRITE_KEY=${write}`, 'The OpenAPI document must be an object.'],
    [`MUFI_WRITE_KEY: @${write}`, 'Plain value cannot start with reserved character @ at line 1, column 17.'],
    [`{"MUFI_WRITE_KEY": "${write}"`, /^Flow map .* end with a } at line 1, column \d+\.$/],
    [
      withAnswer(`{type: '${write}'}`),
      'the response 200 of GET /v1/version is not a JSON Schema: /type must be equal to one of the allowed values.',
    ],
  ] as const) {
    const sentence = refusal(openapi(text));
    expect(sentence.slice(0, cannot.length)).toBe(cannot);
    if (typeof why === 'string') expect(sentence.slice(cannot.length)).toBe(why);
    else expect(sentence.slice(cannot.length)).toMatch(why);
  }
});

test('an OpenAPI file replaces the bundled document and takes what it leaves out from there', () => {
  expect(loadDocument(undefined)).toBe(bundledDocument);
  const document = `openapi: 3.1.0
info: {title: t, version: '1'}
paths: {/v1/version: {get: {responses: {'200': {description: ok}, '401': {description: no}}}}}`;
  const loaded = openapi(document)() as typeof bundledDocument;
  expect(operationsOf(loaded)).toEqual([
    {
      id: 'GET /v1/version',
      method: 'GET',
      path: '/v1/version',
      permission: 'read',
      source: 'documented',
      success: [200],
      statuses: [200, 401],
      takesBody: false,
      pathExamples: {},
    },
  ]);
});

test('the first value that a document gives for a path parameter is its example', () => {
  const named = [
    'example: one',
    'examples: {a: {value: two}, b: {value: x}}',
    'schema: {type: string, examples: [three, x]}',
    'schema: {type: integer, default: 4}',
    "schema: {enum: ['5', x]}",
    'schema: {type: string}',
    "example: ''",
    'example: {an: object}',
  ];
  const parameters = named.map((given, at) => `{name: p${at}, in: path, required: true, ${given}}`);
  const query = '{name: q, in: query, example: unused}';
  const path = `/v1/things/${named.map((_, at) => `{p${at}}`).join('/')}`;
  const document = `openapi: 3.1.0
info: {title: t, version: '1'}
paths: {'${path}': {get: {x-mufi-permission: read, parameters: [${[...parameters, query].join()}], responses: {'200': {description: ok}}}}}`;
  const [operation] = operationsOf(openapi(document)() as typeof bundledDocument);
  expect(operation?.pathExamples).toEqual({ p0: 'one', p1: 'two', p2: 'three', p3: '4', p4: '5' });
});
