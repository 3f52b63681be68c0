import type { IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { requirementsThat, runReference } from '../../support/engine.ts';
import { type Instead, throughFront } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const update = 'PUT /v1/events/update';
const missing: Instead = {
  status: 404,
  body: '{"error":"not_found","message":"There is no such thing in this project."}',
};

/** A server that cannot create events; `unkeyed` is its answer to an update without a key. */
function withoutEvents(unkeyed?: Instead, also: RegExp = /^$/): Promise<Report> {
  const front = ({ method, url = '', headers }: IncomingMessage): Instead | undefined => {
    const operation = `${method} ${url.split('?')[0]}`;
    if (operation === update && headers.authorization === undefined) return unkeyed;
    const gone = /^(POST \/v1\/events\/create|GET \/v1\/events)$/.test(operation) || also.test(operation);
    return gone && headers.authorization !== undefined ? missing : undefined;
  };
  return throughFront(front, { depth: 'quick', atATime: 4, families: ['presentation'] });
}

const availabilityOf = ({ target }: Report, id: string) =>
  target.operations.find((operation) => operation.id === id);

test('an operation that can do nothing, and is open without a key, is not absent and fails', async () => {
  const report = await withoutEvents({ status: 400, body: '{"errors":["id"]}' });
  expect(availabilityOf(report, update)?.availability).toBe('available');
  expect(requirementsThat(report, 'fail')).toEqual(['presentation/key-required']);
  expect(report.verdict).toBe('nonconformant');
});

test('one that is not found by anybody, and answers like nothing else without a key, decides nothing', async () => {
  const report = await withoutEvents(missing, /^PUT /);
  expect(availabilityOf(report, update)).toMatchObject({ availability: 'absent', unclaimed: true });
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  expect(report.verdict).toBe('partial');
});

test('one that looks at a body is there, one that answers like a made-up path makes the run partial', async () => {
  const there = await withoutEvents();
  expect(availabilityOf(there, update)?.availability).toBe('available');
  expect(availabilityOf(there, 'POST /v1/events/create')).toMatchObject({
    availability: 'absent',
    unclaimed: true,
  });
  expect([there.verdict, there.reason]).toEqual([
    'partial',
    expect.stringContaining('add --without "POST /v1/events/create"'),
  ]);
  const gone = await withoutEvents(undefined, /^PUT /);
  expect(availabilityOf(gone, update)).toMatchObject({ availability: 'absent', unclaimed: true });
  expect(gone.reason).toContain(`--without "POST /v1/events/create" --without "${update}"`);
});

test('an inferred operation that is not there needs no claim', async () => {
  const report = await withoutEvents();
  expect(availabilityOf(report, 'GET /v1/events')).toMatchObject({ availability: 'absent' });
  expect(availabilityOf(report, 'GET /v1/events')?.unclaimed).toBeUndefined();
  expect(report.reason).not.toContain('--without "GET /v1/events"');
});

test('what is claimed absent has no cell, in real work neither', async () => {
  const report = await runReference(
    { variants: ['users-only'] },
    { depth: 'quick', families: ['permissions'] },
  );
  const absent = report.target.operations.filter(({ availability }) => availability === 'absent');
  expect(absent.length).toBeGreaterThan(5);
  const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
  expect(cells.length).toBeGreaterThan(5);
  expect(cells.filter(({ operation }) => absent.some(({ id }) => id === operation))).toEqual([]);
});
