import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { type EngineOptions, requirementsThat, runEngine, runReference } from '../../support/engine.ts';
import { behind, type Front } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const transfer = 'POST /v1/products/{id}/transfer';
const update = 'PUT /v1/events/update';
const full: EngineOptions = { depth: 'full', atATime: 4, families: ['permissions', 'contract'] };
const few: EngineOptions = {
  ...full,
  scenarios: /key-has-full-access|read-key-does-not-write|claimed-absent/,
};

const operations = operationsOf(bundledDocument);
/** The reference server has all documented operations; those that the suite only infers may exist or not. */
const documented = operations.filter(({ source }) => source === 'documented').map(({ id }) => id);

const availabilityOf = ({ target }: Report): Record<string, string> =>
  Object.fromEntries(target.operations.map(({ id, availability }) => [id, availability]));

interface Server {
  readonly missing?: readonly string[];
  readonly claimed?: readonly string[];
  readonly front?: Front;
  readonly options?: EngineOptions;
}

/** A run with the two keys against a server without some operations; some of these are claimed absent. */
async function runWith({ missing = [], claimed = [], front = () => undefined, options = few }: Server) {
  const server = await startReference({ missing });
  const claim: Record<string, string> = claimed.length === 0 ? {} : { MUFI_WITHOUT: claimed.join(',') };
  const keys = { MUFI_WRITE_KEY: server.keys.write, MUFI_READ_KEY: server.keys.read };
  try {
    return await behind(server.url, front, (url) =>
      runEngine({ MUFI_BASE_URL: url, ...keys, ...claim }, options),
    );
  } finally {
    await server.close();
  }
}

/** Unknown items, and texts that are not ids at all, get the answer of a path that does not exist. */
const hidden = ['generic-not-found'];

test('an operation that did real work is there, whatever it answers to an unknown item', async () => {
  const report = await runReference({ variants: hidden }, few);
  const found = availabilityOf(report);
  expect(Object.keys(found).sort()).toEqual(operations.map(({ id }) => id).sort());
  expect(documented.filter((id) => found[id] !== 'available')).toEqual([]);
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  expect([report.verdict, report.reason]).toEqual(['conformant', expect.any(String)]);
});

test('a read key that transfers items is found on such a server', async () => {
  const report = await runReference({ variants: hidden, faults: ['transfer-unchecked'] }, few);
  expect([report.verdict, report.reason]).toEqual(['nonconformant', expect.any(String)]);
  expect(requirementsThat(report, 'fail')).toContain('permissions/read-key-does-not-write');
});

test('a documented operation that looks absent makes the run partial, with the option that claims it', async () => {
  const report = await runWith({ missing: [transfer], options: full });
  expect(availabilityOf(report)[transfer]).toBe('absent');
  expect([report.verdict, report.reason]).toEqual([
    'partial',
    `${transfer} answers like a path that does not exist; if the target does not implement it, add --without "${transfer}"`,
  ]);
  const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
  const own = cells.filter(({ operation }) => operation === transfer);
  expect(own.length).toBeGreaterThan(20);
  expect([...new Set(own.map(({ verdict }) => verdict))]).toEqual(['not-applicable']);
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
});

test('what is claimed absent and is absent leaves the run conformant, and the verdict names it', async () => {
  const report = await runWith({ missing: [transfer, update], claimed: [update, transfer], options: full });
  expect([report.verdict, report.reason]).toEqual([
    'conformant',
    expect.stringContaining(` of ${operations.length} operations; without ${update}, ${transfer}`),
  ]);
  const tried = Object.values(availabilityOf(report)).filter((found) => found === 'available').length;
  expect(report.reason).toContain(`(${tried} of `);
  expect(requirementsThat(report, 'pass')).toContain('contract/claimed-absent-is-absent');
  const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
  const own = cells.filter(({ operation }) => operation === transfer);
  expect(own).toHaveLength(4);
});

test('without a claim there is nothing to hold against the target', async () => {
  const report = await runWith({});
  const requirement = report.requirements.find(({ id }) => id === 'contract/claimed-absent-is-absent');
  expect([requirement?.verdict, requirement?.reason]).toEqual([
    'not-applicable',
    'no operation is claimed as not implemented',
  ]);
});

test('what is claimed absent and is there is a failure that names it, for the write key', async () => {
  const report = await runWith({ claimed: [transfer] });
  expect(report.verdict).toBe('nonconformant');
  expect(requirementsThat(report, 'fail')).toEqual(['contract/claimed-absent-is-absent']);
  const messages = report.requirements.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ id, cells }) =>
      cells.flatMap(({ findings }) => findings.map(({ message }) => `${id.split('/')[2]}: ${message}`)),
    ),
  );
  // This server answers 401 to an invalid key on every path, whether the operation exists or not.
  expect(messages).toEqual([
    `read-key: ${transfer} is claimed as not implemented but answers 403 (read key); a path that does not exist answers 404`,
    `read-key: ${transfer} is claimed as not implemented but answers 403 (read key); a path that does not exist answers 404`,
    `write-key: ${transfer}: it is claimed as not implemented, but the unmodified write key got 200 in the preflight`,
    expect.stringContaining(
      `write-key: ${transfer} is claimed as not implemented but answers 400 (write key)`,
    ),
    expect.stringContaining(
      `write-key: ${transfer} is claimed as not implemented but answers 400 (write key)`,
    ),
  ]);
});

for (const [fault, scenario, finding] of [
  ['claimed-absent-open', 'no-key', 'let-in'],
  ['claimed-absent-known-to-read-keys', 'read-key', 'inconsistent'],
  ['claimed-absent-known-to-write-keys', 'write-key', 'inconsistent'],
  ['claimed-absent-open-to-forged-keys', 'forged-key', 'let-in'],
] as const) {
  test(`${fault}: seen with ${scenario} alone`, async () => {
    const report = await runReference({ faults: [fault] }, few);
    const failing = report.requirements
      .flatMap(({ scenarios }) => scenarios)
      .filter(({ verdict }) => verdict === 'fail');
    expect(failing.map(({ id }) => id)).toEqual([`contract/claimed-absent-is-absent/${scenario}`]);
    expect(failing[0]?.cells[0]?.operation).toBe(transfer);
    expect(failing[0]?.cells[0]?.findings.map(({ kind }) => kind)).toContain(finding);
    expect(failing[0]?.cells[0]?.findings[0]?.message).toContain(transfer);
  });
}

for (const status of [404, 405, 501]) {
  const blocked: Front = ({ method, url = '' }) =>
    method === 'PUT' && url.startsWith('/v1/events/update')
      ? { status, headers: { 'content-type': 'text/html' }, body: `<h1>${status}</h1>` }
      : undefined;

  test(`${status} from something in front, to everybody, is an operation that is not implemented`, async () => {
    const report = await runWith({ front: blocked, options: full });
    expect(report.reason).toContain(`add --without "${update}"`);
    expect([report.verdict, requirementsThat(report, 'fail', 'inconclusive')]).toEqual(['partial', []]);
    const claimed = await runWith({ front: blocked, claimed: [update] });
    expect([claimed.verdict, requirementsThat(claimed, 'fail', 'inconclusive')]).toEqual(['conformant', []]);
  });
}

test('a hole in what looks absent to all keys that are what they say is found', async () => {
  const open: Front = ({ method, url = '', headers }) =>
    method === 'PUT' && url.startsWith('/v1/events/update') && headers['x-http-method-override'] === 'GET'
      ? { status: 200, body: '{}' }
      : undefined;
  const report = await runWith({ missing: [update], front: open, options: full });
  expect(report.target.operations.find(({ id }) => id === update)?.unclaimed).toBe(true);
  expect(report.verdict).toBe('nonconformant');
});

test('a read that only the read key finds is there, and no control rests on it', async () => {
  const hidden: Front = ({ url = '', headers: { authorization = '' } }) =>
    url.startsWith('/v1/version') && atob(authorization.split('.')[1] ?? '').includes('"write"')
      ? { status: 404, body: '{"error":"not_found"}' }
      : undefined;
  const report = await runWith({ front: hidden, options: full });
  expect(availabilityOf(report)['GET /v1/version']).toBe('broken');
  expect([report.verdict, report.cause]).toEqual(['inconclusive', undefined]);
  expect(requirementsThat(report, 'fail')).toEqual([]);
  expect(requirementsThat(report, 'inconclusive')).toContain('permissions/write-key-has-full-access');
});
