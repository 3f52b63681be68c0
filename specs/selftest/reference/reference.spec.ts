import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { faults } from '../../../harness/reference/faults/index.ts';
import { type Reference, type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { variants } from '../../../harness/reference/variants.ts';

type Row = readonly [expected: number, method: string, path: string, body?: unknown, key?: string];

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes are looked into
  readonly body: any;
}
const NOBODY = '11111111-1111-4111-8111-111111111111';
const EVENT = { name: 'Launch', start_date: 1, end_date: 2, location: 'Hall', address: 'Street 1' };
let server: Reference;

test.beforeAll(async () => {
  server = await startReference();
});
test.afterAll(() => server.close());

async function send(
  method: string,
  target: string,
  options: { key?: string; body?: unknown; headers?: Record<string, string>; on?: string } = {},
): Promise<Reply> {
  const { key = server.keys.write, body, headers: more = {}, on = server.url } = options;
  const headers = { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...more };
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(on + target, { method, headers, body: sent ?? null });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

const post = (path: string, body: unknown, key = server.keys.write): Promise<Reply> =>
  send('POST', path, { key, body });
const control = (method: string, path: string, body?: unknown): Promise<Reply> =>
  send(method, path, { key: server.controlToken, body, on: server.controlUrl });
const works = async (key: string, on = server.url): Promise<number> =>
  (await send('GET', '/v1/version', { key, on })).status;

/** Sends header lines as they are and reads the whole answer. */
const raw = (...lines: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const head = ['GET /v1/version HTTP/1.1', 'Host: x', 'Connection: close', ...lines];
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n`));
    socket.on('data', (data) => (text += data)).on('error', reject);
    socket.on('close', () => resolve(text));
  });

async function expectAll(...rows: Row[]): Promise<void> {
  for (const [expected, method, path, body, key = server.keys.write] of rows) {
    const { status } = await send(method, path, { body, key });
    expect(status, `${method} ${path} ${JSON.stringify(body)}`).toBe(expected);
  }
}

async function withServer(options: ReferenceOptions, use: (on: Reference) => Promise<void>): Promise<void> {
  const other = await startReference(options);
  await use(other).finally(() => other.close());
}

test('users are created once an address, found by three names and activated', async () => {
  const names = { email: 'ada@example.org', firstName: 'Ada' };
  await expectAll(
    [201, 'POST', '/v1/users/create', [{ email: 'Ada@example.org', referenceId: 'ada' }]],
    [201, 'POST', '/v1/users/create', [names]],
    [404, 'POST', '/v1/users/profile', { email: 'no@example.org', referenceId: 'ada' }],
    [400, 'POST', '/v1/users/profile', {}],
  );
  const { body: found } = await post(
    '/v1/users/profile',
    { referenceId: 'ada', id: NOBODY },
    server.keys.read,
  );
  expect(found).toMatchObject({ ...names, isActivated: false, activatedOn: null });
  expect((await post('/v1/users/activate', { id: found.id })).body.isActivated).toBe(true);
  expect((await post('/v1/users/activation', { referenceId: 'ada' })).body.isActivated).toBe(true);
  const { body: balances } = await post('/v1/users/balances', { id: found.id });
  expect(balances[0].address).toBe(found.wallets[0].address);
});

test('users are paged', async () => {
  const key = server.keys.otherProjectWrite;
  const many = Array.from({ length: 12 }, (_, n) => ({ email: `p${n}@example.org` }));
  await post('/v1/users/create', many, key);
  const { body: first } = await post('/v1/users/fetch', {}, key);
  const { body: second } = await post('/v1/users/fetch', { offset: 10, limit: 1000 }, key);
  expect([first.total, first.users.length, second.users.length]).toEqual([12, 10, 2]);
  await expectAll([400, 'POST', '/v1/users/fetch', { limit: 1001 }]);
});

test('events have one reference id, and are read, changed and listed', async () => {
  const created = await post('/v1/events/create', { ...EVENT, reference_id: 'one' });
  expect((await send('GET', `/v1/events/${created.body.id}`)).body).toEqual(created.body);
  const changed = await send('PUT', '/v1/events/update', { body: { reference_id: 'one', name: 'New' } });
  expect([created.status, changed.status, changed.body.name]).toEqual([201, 201, 'New']);
  expect((await send('GET', '/v1/events/one')).body.name).toBe('New');
  expect((await send('GET', '/v1/events?page=1&limit=1')).body.events).toHaveLength(1);
  await expectAll(
    [422, 'POST', '/v1/events/create', { ...EVENT, reference_id: 'one' }],
    [400, 'POST', '/v1/events/create', { ...EVENT, name: 'ab' }],
    [404, 'PUT', '/v1/events/update', { id: NOBODY }],
    [400, 'PUT', '/v1/events/update', { name: 'New' }],
    [400, 'GET', '/v1/events?page=0'],
  );
});

test('registering an attendee again changes only the times that are given', async () => {
  await post('/v1/users/create', [{ email: 'guest@example.org' }]);
  const { body: event } = await post('/v1/events/create', EVENT);
  const name = { event_id: event.id, email: 'guest@example.org' };
  const first = await post('/v1/events/attendees/register', { ...name, registered_at: 5 });
  const second = await post('/v1/events/attendees/register', { ...name, checked_in_at: 6 });
  expect(second.body).toMatchObject({ id: first.body.id, registered_at: 5, checked_in_at: 6 });
  await expectAll(
    [400, 'POST', '/v1/events/attendees/register', { event_id: event.id }],
    [404, 'POST', '/v1/events/attendees/register', { ...name, event_id: NOBODY }],
  );
});

test('items are issued within limits, redeemed until used up and transferred by their owner', async () => {
  const [x, y] = ['x@example.org', 'y@example.org'];
  await post('/v1/users/create', [{ email: x }, { email: y }]);
  const { body: event } = await post('/v1/events/create', EVENT);
  const fields = { type: 'admission', name: 'Ticket', event_id: event.id, is_transferable: true };
  const limits = { max_items: 2, max_per_account: 1, redemption_quantity: 2 };
  const { body: product } = await post('/v1/products', { ...fields, ...limits });
  const path = `/v1/products/${product.id}`;
  expect((await send('GET', path)).body.event.id).toBe(event.id);
  const { body: issued } = await post(`${path}/items`, { product_id: product.id, emails: [x] });
  const item = { product_item_id: issued.items[0].id };
  const first = await post(`${path}/items/redeem`, item);
  await expectAll(
    [422, 'POST', `${path}/items`, { product_id: product.id, emails: [x] }],
    [422, 'POST', `${path}/items`, { product_id: product.id, emails: ['nobody@example.org'] }],
    [422, 'POST', `${path}/items`, { product_id: NOBODY, emails: [y] }],
    [422, 'POST', `${path}/transfer`, { ...item, sender_email: y, recipient_email: x }],
    [422, 'POST', `${path}/transfer`, { ...item, sender_email: x, recipient_email: 'nobody@example.org' }],
    [200, 'POST', `${path}/transfer`, { ...item, sender_email: x, recipient_email: y }],
  );
  expect(first.body.is_fully_redeemed).toBe(false);
  const second = await post(`${path}/items/redeem`, item);
  expect(second.body).toMatchObject({ is_fully_redeemed: true, user: { email: y } });
  await expectAll(
    [422, 'POST', `${path}/items/redeem`, item],
    [422, 'POST', `${path}/transfer`, { ...item, sender_email: y, recipient_email: x }],
    [404, 'POST', `/v1/products/${NOBODY}/items/redeem`, item],
    [400, 'POST', '/v1/products', { ...fields, mint_nft: true }],
  );
});

test('projects do not see each other', async () => {
  const { body: event } = await post('/v1/events/create', { ...EVENT, reference_id: 'mine' });
  await post('/v1/users/create', [{ email: 'mine@example.org' }]);
  const key = server.keys.otherProjectWrite;
  await expectAll(
    [404, 'GET', `/v1/events/${event.id}`, undefined, key],
    [404, 'GET', '/v1/events/mine', undefined, key],
    [404, 'PUT', '/v1/events/update', { id: event.id }, key],
    [404, 'POST', '/v1/users/profile', { email: 'mine@example.org' }, key],
    [404, 'POST', '/v1/products', { type: 'perks', name: 'p', event_id: event.id }, key],
  );
  expect((await send('GET', '/v1/events', { key })).body.events).toEqual([]);
});

test('the key is checked first, then the permission, then the body, then what it names', async () => {
  const { read, write } = server.keys;
  for (const [expected, method, path, body] of [
    [[401, 404, 404], 'GET', '/v1/nothing'],
    [[401, 404, 404], 'OPTIONS', '/v1/version'],
    [[401, 200, 200], 'HEAD', '/v1/version'],
    [[401, 200, 200], 'POST', '/v1/users/fetch', {}],
    [[401, 403, 400], 'POST', '/v1/products', 'no json'],
    [[401, 403, 404], 'POST', `/v1/products/${NOBODY}/items/redeem`, { product_item_id: NOBODY }],
  ] as const) {
    for (const [n, key] of ['', read, write].entries())
      await expectAll([expected[n]!, method, path, body, key]);
  }
});

test('the key is read from exactly one well-formed bearer credential', async () => {
  const key = server.keys.write;
  const value = (authorization: string): Promise<number> =>
    send('GET', '/v1/version', { key: '', headers: { authorization } }).then(({ status }) => status);
  const good = [`Bearer ${key}`, `bearer ${key}`, `BEARER   ${key}`];
  for (const right of good) expect(await value(right), right.slice(0, 9)).toBe(200);
  const bad = ['Bearer', key, `Basic ${key}`, `Bearer\t${key}`, `Bearer "${key}"`, `Bearer ${key}, x`];
  for (const wrong of bad) expect(await value(wrong), wrong.slice(0, 9)).toBe(401);
  const elsewhere = { key: '', headers: { 'x-api-key': key } };
  expect((await send('GET', `/v1/version?access_token=${key}`, elsewhere)).status).toBe(401);
});

test('two Authorization lines are not processed', async () => {
  const [good, bad] = [`Authorization: Bearer ${server.keys.write}`, 'Authorization: Bearer x'];
  expect(await raw(good)).toMatch(/^HTTP\/1.1 200 /);
  expect(await raw(good, bad)).toMatch(/^HTTP\/1.1 400 .*{"errors":\[/s);
  expect(await raw(bad, good)).toMatch(/^HTTP\/1.1 400 .*{"errors":\[/s);
});

test('every bad key is answered the same', async () => {
  const { write, revoked, otherEnvironment } = server.keys;
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const tampered = `${write.slice(0, -10)}AAAAAAAAAA`;
  const bad = ['x', 'a.b.c', tampered, `${none}.${write.split('.')[1]}.`, revoked, otherEnvironment];
  const replies = await Promise.all(bad.map((key) => send('GET', '/v1/version', { key })));
  const { body: expected, headers } = await send('GET', '/v1/version', { key: '' });
  expect(headers.get('www-authenticate')).toBe('Bearer realm="mufi"');
  for (const { status, body, headers: seen } of replies) {
    expect([status, body]).toEqual([401, expected]);
    expect(seen.get('www-authenticate')).toBe('Bearer realm="mufi", error="invalid_token"');
    expect(seen.get('cache-control')).toBe('no-store');
  }
});

test('illegal messages and huge header sections get a JSON answer', async () => {
  expect(await raw('Authorization : Bearer x')).toMatch(/^HTTP\/1.1 400 .*{"errors":\[/s);
  expect(await raw(`X: ${'a'.repeat(140_000)}`)).toMatch(/^HTTP\/1.1 431 .*{"errors":\[/s);
  expect(await works('a'.repeat(65_536))).toBe(401);
});

test('key control describes itself to its own token only, and creates a project once', async () => {
  expect((await send('GET', '/control', {})).status).toBe(401);
  const { body } = await control('GET', '/');
  expect(body.features).toEqual(['keys', 'projects', 'expiring-keys', 'clock']);
  const jwks = await fetch(body.jwks_url).then((response) => response.json());
  expect(Object.keys(jwks.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  const { body: project } = await control('POST', '/projects', { name: 'conformance' });
  expect((await control('POST', '/projects', { name: 'conformance' })).body).toEqual(project);
  expect((await control('POST', '/projects', {})).status).toBe(400);
});

test('keys are regenerated and revoked at once', async () => {
  const { body: old } = await control('POST', '/keys', { permission: 'read' });
  expect(await works(old.key)).toBe(200);
  const { body: next } = await control('POST', `/keys/${old.id}/regenerate`);
  expect(next).toEqual({ ...old, key: next.key });
  expect([await works(old.key), await works(next.key)]).toEqual([401, 200]);
  const both = await Promise.all([1, 2].map(() => control('POST', `/keys/${old.id}/regenerate`)));
  expect((await Promise.all(both.map(({ body }) => works(body.key)))).sort()).toEqual([200, 401]);
  expect((await control('DELETE', `/keys/${old.id}`)).status).toBe(204);
  expect(await Promise.all(both.map(({ body }) => works(body.key)))).toEqual([401, 401]);
  expect((await control('POST', `/keys/${old.id}/regenerate`)).status).toBe(404);
  expect((await control('POST', '/keys', { permission: 'read', project_id: NOBODY })).status).toBe(404);
});

test('re-spelled revoked keys stay revoked', async () => {
  const { body: old } = await control('POST', '/keys', { permission: 'read' });
  const standard = old.key.replaceAll('-', '+').replaceAll('_', '/');
  // Only two bits of the last character of 64 bytes count, so the next letter decodes to the same bytes.
  const twin = String.fromCharCode(old.key.charCodeAt(old.key.length - 1) + 1);
  const spellings = [old.key, `${old.key}==`, standard, old.key.slice(0, -1) + twin];
  await control('POST', `/keys/${old.id}/regenerate`);
  for (const key of spellings) expect(await works(key)).toBe(401);
});

test('the clock goes forward and ends only keys that expire', async () => {
  await withServer({}, async (other) => {
    const at = { key: other.controlToken, on: other.controlUrl };
    const order = { permission: 'read', expires_in: 3600 };
    const { body: brief } = await send('POST', '/keys', { ...at, body: order });
    const advance = (by: number): Promise<Reply> =>
      send('POST', '/clock', { ...at, body: { advance_by: by } });
    expect((await advance(3500)).body.now).toBeGreaterThan(0);
    expect(await works(brief.key, other.url)).toBe(200);
    await advance(200);
    expect([await works(brief.key, other.url), await works(other.keys.write, other.url)]).toEqual([401, 200]);
    expect((await advance(-1)).status).toBe(400);
    await advance(315_360_000);
    expect(await works(other.keys.longLived, other.url)).toBe(200);
  });
});

test('every algorithm signs keys that work', async () => {
  for (const algorithm of ['ES256', 'RS256', 'PS256', 'HS256'] as const) {
    await withServer({ algorithm }, async (other) => {
      const { read, revoked } = other.keys;
      expect([await works(read, other.url), await works(revoked, other.url)]).toEqual([200, 401]);
      expect(other.jwksUrl === undefined).toBe(algorithm === 'HS256');
      expect(other.environment.MUFI_WRITE_KEY).toBe(other.keys.write);
    });
  }
});

test('faults and variants have names of their own, say what they are and can be put in', async () => {
  const ids = [...faults, ...variants].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { breaks } of faults) expect(breaks).toMatch(/^[A-Z].*\.$/);
  for (const { id } of variants.filter(({ transport }) => transport === undefined)) {
    await withServer({ variants: [id] }, async (other) => {
      const replies = [await works(other.keys.read, other.url), await works('x', other.url)];
      expect(replies, id).toEqual([id === 'users-only' ? 404 : 200, 401]);
    });
  }
  await expect(startReference({ faults: ['no-such-fault'] })).rejects.toThrow('no-such-fault');
});
