import { expect, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { emptyFixture, emptySet, unknownSet } from '../../../../harness/engine/matrix/fixture-sets.ts';
import { known, knownOperations } from '../../../../harness/engine/matrix/operations/index.ts';
import { spellPath } from '../../../../harness/engine/matrix/path-spelling.ts';
import { buildRequest, type RequestParts } from '../../../../harness/engine/matrix/requests.ts';
import type {
  FixtureSet,
  FixtureThing,
  PathSpelling,
  RequestVariant,
} from '../../../../harness/model/index.ts';
import { wordsOf } from '../../support/vocabulary.ts';

const ajv = new Ajv2020({ strict: false, coerceTypes: false });
formats.default(ajv);
ajv.addSchema(bundledDocument.components);

const operations = operationsOf(bundledDocument);
const things: FixtureThing[] = ['user', 'event', 'product', 'item'];
const full: FixtureSet = { ...emptySet('main'), known: things };
const variants = wordsOf('request-variants', 'RequestVariant') as RequestVariant[];
const described = (id: string) => bundledDocument.operations.find((operation) => operation.id === id)!;

/** What is wrong with a body, by the request schema of its operation. */
function problem(id: string, body: unknown): string | undefined {
  const { request } = described(id);
  if (request === null) return body === undefined ? undefined : 'a body where none is taken';
  const validate = ajv.compile(request);
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
}

/** What is wrong with path and query, by the parameters of the document. */
function wrongParameters(id: string, { path, query }: RequestParts): string[] {
  const template = described(id).path.split('/');
  const found = path.split('/');
  const inPath = template.map((part, index) => [part.replace(/[{}]/g, ''), found[index]] as const);
  const given = new Map<string, string | undefined>([...inPath, ...query]);
  return described(id).parameters.flatMap(({ name, required, schema }) => {
    const text = given.get(name);
    if (text === undefined) return required ? [`${name} is missing`] : [];
    const number = JSON.stringify(schema).includes('"integer"');
    return ajv.validate(schema, number ? Number(text) : decodeURIComponent(text)) ? [] : [`${name}=${text}`];
  });
}

for (const operation of operations) {
  const { id } = operation;

  for (const variant of variants.filter((name) => name !== 'invalid' && name !== 'repeatable')) {
    test(`${id}: the ${variant} request keeps the schema of the document`, () => {
      for (const set of [full, unknownSet, emptySet('foreign')]) {
        const parts = buildRequest(operation, variant, set, 'a marker');
        expect(problem(id, parts.body)).toBeUndefined();
        expect(wrongParameters(id, parts)).toEqual([]);
        expect(parts.path.split('/').length).toBe(operation.path.split('/').length);
        expect(parts.path).toMatch(/^\/v1(\/[\w.-]+)+$/);
      }
    });
  }

  test(`${id}: the invalid request breaks the schema of its body, if there is one, and nothing else`, () => {
    const valid = buildRequest(operation, 'valid', full, 'a marker');
    const invalid = buildRequest(operation, 'invalid', full, 'a marker');
    expect(problem(id, invalid.body) === undefined).toBe(!operation.takesBody);
    expect([invalid.path, invalid.query]).toEqual([valid.path, valid.query]);
    expect([valid.succeeds, invalid.succeeds]).toEqual([true, false]);
  });
}

test('what would grow with every run is repeated with an invalid body, the rest as it is', () => {
  const growing = operations.filter((operation) => {
    const [repeatable, valid, invalid] = (['repeatable', 'valid', 'invalid'] as const).map((variant) =>
      buildRequest(operation, variant, full, 'a marker'),
    );
    const grows = repeatable!.succeeds === false;
    expect(repeatable).toEqual(grows ? invalid : valid);
    return grows;
  });
  expect(growing.map(({ id }) => id)).toEqual(
    knownOperations.filter(({ grows }) => grows).map(({ id }) => id),
  );
  expect(growing.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'POST /v1/events/create',
      'POST /v1/products',
      'POST /v1/products/{id}/items',
      'POST /v1/products/{id}/items/redeem',
      'POST /v1/products/{id}/transfer',
    ]),
  );
});

test('a request succeeds only if everything that it names exists', () => {
  const needs = (id: string): string[] =>
    things.filter((thing) => {
      const without = { ...full, known: things.filter((other) => other !== thing) };
      const operation = operations.find((candidate) => candidate.id === id)!;
      return !buildRequest(operation, 'valid', without, 'a marker').succeeds;
    });
  expect(Object.fromEntries(operations.map(({ id }) => [id, needs(id).join(' ')]))).toMatchObject({
    'POST /v1/users/create': '',
    'POST /v1/users/profile': 'user',
    'POST /v1/users/fetch': '',
    'POST /v1/users/activate': 'user',
    'POST /v1/users/activation': 'user',
    'POST /v1/users/balances': 'user',
    'POST /v1/events/create': '',
    'PUT /v1/events/update': 'event',
    'GET /v1/events/{IdOrReferenceId}': 'event',
    'GET /v1/events': '',
    'POST /v1/events/attendees/register': 'user event',
    'POST /v1/products': 'event',
    'GET /v1/products/{id}': 'product',
    'POST /v1/products/{id}/items': 'user product',
    'POST /v1/products/{id}/items/redeem': 'product item',
    'POST /v1/products/{id}/transfer': 'user product item',
    'GET /v1/version': '',
  });
});

test('the same thing is named by e-mail address, by id and by reference', () => {
  const named = (id: string, variant: RequestVariant): unknown => {
    const { path, body } = buildRequest(operations.find((one) => one.id === id)!, variant, full, 'a marker');
    return body ?? path;
  };
  for (const id of ['profile', 'activate', 'activation', 'balances'].map(
    (name) => `POST /v1/users/${name}`,
  )) {
    expect(named(id, 'valid')).toEqual({ email: full.userEmail });
    expect(named(id, 'by-id')).toEqual({ id: full.userId });
    expect(named(id, 'by-reference')).toEqual({ referenceId: full.userReference });
  }
  const event = 'GET /v1/events/{IdOrReferenceId}';
  expect(named(event, 'valid')).toBe(`/v1/events/${full.eventId}`);
  expect(named(event, 'by-id')).toBe(`/v1/events/${full.eventId}`);
  expect(named(event, 'by-reference')).toBe(`/v1/events/${full.eventReference}`);
});

test('a write names what it works on by reference id or by e-mail address, and then by no id', () => {
  const body = (id: string, variant: RequestVariant): unknown =>
    buildRequest(operations.find((one) => one.id === id)!, variant, full, 'a marker').body;
  const { eventId, eventReference, userEmail, userReference, productId, itemId } = full;
  expect(body('PUT /v1/events/update', 'by-reference')).toEqual({
    reference_id: eventReference,
    name: 'a marker',
  });
  const register = 'POST /v1/events/attendees/register';
  const registered = { event_id: eventId, registered_at: 1_900_000_000 };
  const reference = { ...registered, reference_id: userReference };
  expect(body(register, 'foreign-user-by-reference')).toEqual(reference);
  expect(body(register, 'foreign-user-by-email')).toEqual({ ...registered, email: userEmail });
  expect(body('POST /v1/products/{id}/items', 'foreign-user-by-email')).toEqual({
    product_id: productId,
    emails: [userEmail],
  });
  expect(body('POST /v1/products/{id}/transfer', 'foreign-recipient-by-email')).toEqual({
    product_item_id: itemId,
    sender_email: userEmail,
    recipient_email: full.secondUserEmail,
  });
});

test('the marker is in every write that a look-up by text finds again', () => {
  const marked = operations.filter((operation) =>
    JSON.stringify(buildRequest(operation, 'traced-read', full, 'conformance 0a1b').body ?? '').includes(
      'conformance 0a1b',
    ),
  );
  const lookedUp = operations.filter((one) => known(one)?.lookup?.unmistakable);
  const written = lookedUp.filter(({ permission }) => permission === 'write').map(({ id }) => id);
  expect(written.length).toBeGreaterThan(0);
  expect(marked.map(({ id }) => id)).toEqual(expect.arrayContaining(written));
  expect(marked.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'POST /v1/users/create',
      'POST /v1/events/create',
      'PUT /v1/events/update',
      'POST /v1/products',
    ]),
  );
});

test('an operation that the suite does not know gets an empty object and is never sure to succeed', () => {
  const unknown = { ...operations[0]!, id: 'POST /v2/x/{y}', path: '/v2/x/{y}', takesBody: true };
  const parts = { path: `/v2/x/${full.eventId}`, query: [], succeeds: false };
  expect(buildRequest(unknown, 'valid', full, 'm')).toEqual({ ...parts, body: {} });
  expect(buildRequest({ ...unknown, takesBody: false }, 'valid', full, 'm')).toEqual({
    ...parts,
    body: undefined,
  });
});

test('a read that the suite does not know names the examples of its document, a write does not', () => {
  const pathExamples = { y: 'my/own' };
  const unknown = { ...operations[0]!, id: 'GET /v2/x/{y}/{z}', path: '/v2/x/{y}/{z}', pathExamples };
  const pathOf = (permission: 'read' | 'write') =>
    buildRequest({ ...unknown, permission }, 'valid', full, 'm').path;
  expect(pathOf('read')).toBe(`/v2/x/my%2Fown/${full.eventId}`);
  expect(pathOf('write')).toBe(`/v2/x/${full.eventId}/${full.eventId}`);
});

test('no two sets name the same thing, and placeholders are ids of version 4', () => {
  const sets = [...Object.values(emptyFixture), unknownSet];
  expect(sets.map(({ label }) => label)).toEqual([...Object.keys(emptyFixture), 'unknown']);
  const names = sets.flatMap(({ label: _label, known, ...rest }) => {
    expect(known).toEqual([]);
    return Object.entries(rest);
  });
  expect(new Set(names.map(([, value]) => value)).size).toBe(sets.length * 9);
  for (const [name, value] of names.filter(([name]) => name.endsWith('Id'))) {
    expect(value, name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('every spelling of a path names the same operation in another way', () => {
  const spelled = {
    'double-slash': '/v1//events/a1',
    'dot-segment': '/v1/./events/a1',
    'trailing-slash': '/v1/events/a1/',
    'upper-case': '/V1/EVENTS/A1',
    'encoded-letter': '/v1/events/a%31',
    'encoded-dot-segment': '/v1/%2e/events/a1',
    'encoded-slash': '/v1%2fevents/a1',
    'path-parameter': '/v1/events/a1;conformance=1',
    suffix: '/v1/events/a1.json',
    'zero-byte': '/v1/events/a1%00',
  } satisfies Record<PathSpelling, string>;
  expect(wordsOf('catalogue', 'PathSpelling').sort()).toEqual(Object.keys(spelled).sort());
  const names = Object.keys(spelled) as PathSpelling[];
  expect(Object.fromEntries(names.map((name) => [name, spellPath('/v1/events/a1', name)]))).toEqual(spelled);
  expect(spellPath('/version', 'double-slash')).toBe('/version/');
});
