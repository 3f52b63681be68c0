import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { loadDocument } from '../../../../harness/engine/configuration/operations.ts';
import { bodyValidator } from '../../../../harness/engine/verdict/observations/schemas.ts';
import { cli, linesOf } from '../../support/cli.ts';
import { ownPath } from '../../support/own-path.ts';
import { refusal } from '../../support/refusal.ts';

/**
 * Reads a value as an OpenAPI file and returns the message that rejects it, without the part that all have in common.
 */
function whyNot(document: unknown): string {
  const path = ownPath('openapi.json');
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
  return refusal(() => loadDocument(path)).replace(`The OpenAPI file ${path} cannot be used: `, '');
}

const info = { title: 't', version: '1' };
const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const at = (path: string, schema: unknown = true, schemas: object = {}) => ({
  openapi: '3.1.0',
  info,
  paths: { [path]: { get: { 'x-mufi-permission': 'read', responses: { '200': json(schema) } } } },
  components: { schemas },
});

for (const path of [
  '@127.0.0.1:9/steal',
  '.evil.example/steal',
  ':9/steal',
  'v1/version',
  '',
  '/v1/../../steal',
  '/..',
  '/v1/./version',
  '/v1/%2e%2E/steal',
  '/v1\\..\\steal',
  '/v1/version?key=1',
  '/v1/version#x',
  '/v1/ver sion',
  '/v1/version\r\nX-Injected: 1',
  '/v1/ver\u0085sion',
  '/v1/ä',
]) {
  test(`the path ${JSON.stringify(path)} of a document is refused`, () => {
    expect(whyNot(at(path))).toMatch(
      /^The path ".*" (does not begin with "\/"|has (a dot segment|"\?", "#" or "\\"|a character that a URL cannot have))\.$/,
    );
  });
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
for (const [what, schemas] of [
  ['itself', { A: ref('A') }],
  ['itself in one of several', { A: { anyOf: [{ type: 'string' }, ref('A')] } }],
  ['itself through two others', { A: ref('B'), B: { allOf: [ref('C')] }, C: { not: ref('A') } }],
  [
    'a part of another that leads back',
    { A: { $ref: '#/components/schemas/B/properties/x' }, B: { properties: { x: ref('A') } } },
  ],
  ['itself under a condition', { A: { if: true, else: ref('A') } }],
] as const) {
  test(`a schema that is nothing but a reference to ${what} is refused`, () => {
    expect(whyNot(at('/v1/version', ref('A'), schemas))).toBe(
      'the schema A refers to itself without a member or an item in between.',
    );
  });
}

test('a reference that leads in a circle outside of the schemas, or multiplies, is refused', () => {
  const circle = { ...at('/v1/version'), paths: { '/v1/version': { $ref: '#/paths/~1v1~1version' } } };
  expect(whyNot(circle)).toBe('The OpenAPI document has a circular reference.');
  const twice = (name: string) => ({ oneOf: [{ $ref: `#/x-many/${name}` }, { $ref: `#/x-many/${name}` }] });
  const levels = Array.from({ length: 40 }, (_, index) => [
    `l${index}`,
    index === 39 ? {} : twice(`l${index + 1}`),
  ]);
  const many = { ...at('/v1/version', twice('l0')), 'x-many': Object.fromEntries(levels) };
  expect(whyNot(many)).toBe('The OpenAPI document has references that expand to far too many schemas.');
  const aliases = [
    'a: &a0 [1]',
    ...Array.from(
      { length: 30 },
      (_, index) => `b${index}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
    ),
  ];
  expect(whyNot(`openapi: 3.1.0\n${aliases.join('\n')}\n`)).toMatch(/^Excessive alias count/);
});

test('a schema that holds itself as a member or an item is none of this', () => {
  const tree = { type: 'object', properties: { next: ref('A'), all: { type: 'array', items: ref('A') } } };
  expect(whyNot(at('/v1/version', ref('A'), { A: tree }))).toBe('not refused');
});

for (const pattern of ['(', '[', '\\p{Nothing}', '(?<a>x)(?<a>y)', '*']) {
  test(`the pattern ${pattern} of a schema is refused`, () => {
    const why = 'the response 200 of GET /v1/version holds a pattern that is not a regular expression.';
    expect(whyNot(at('/v1/version', { properties: { id: { pattern } } }))).toBe(why);
    expect(whyNot(at('/v1/version', { patternProperties: { [pattern]: true } }))).toBe(why);
  });
}

for (const pattern of ['(.*)*x', '^(a+)+$', '^(\\d|\\d\\d)+z$', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$']) {
  test(`the pattern ${pattern}, which never ends, is refused`, () => {
    expect(whyNot(at('/v1/version', { properties: { id: { pattern } } }))).toBe(
      'the response 200 of GET /v1/version holds a pattern that may take too long on a long text; write it without nested repeats.',
    );
  });
}

test('a pattern that turns out to take for ever on an answer ends in one sentence and takes no second time', () => {
  const path = ownPath('openapi.json');
  // It fails only with this beginning, which no earlier check finds.
  writeFileSync(
    path,
    JSON.stringify(at('/v1/version', { properties: { id: { pattern: '^secret:(q+)+$' } } })),
  );
  const validate = bodyValidator(loadDocument(path));
  const answer = (id: string) => () => validate('GET /v1/version', 200, JSON.stringify({ id }));
  expect(answer('secret:qqq')()).toBeUndefined();
  expect(answer('other')()).toBe('breaks the documented schema at /id: must match pattern "^secret:(q+)+$"');
  for (let times = 0; times < 20; times += 1) {
    expect(answer(`secret:${'q'.repeat(50)}!`)).toThrow(
      /^a pattern in the document of --openapi takes too long on an answer; write it without nested repeats$/,
    );
  }
});

test('a pattern of -g that never ends is one sentence', async () => {
  test.setTimeout(120_000);
  for (const command of [['run'], ['plan'], ['list']]) {
    const { exitCode, stderr } = await cli([...command, '-g', '(.*)*x$^']);
    expect(exitCode).toBe(3);
    expect(linesOf(stderr)).toEqual([
      'The pattern (.*)*x$^ of -g takes too long; write it without nested repeats.',
    ]);
  }
});
