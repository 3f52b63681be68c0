import type { IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { requirementsThat } from '../../support/engine.ts';
import { type Front, throughFront } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const requirement = 'permissions/refused-writes-leave-no-trace';
const always = ['GET /v1/version', 'GET /v1/events/{IdOrReferenceId}'];
const scenarios = new RegExp(`^${requirement}/forged-key$`);

/** Sends forged keys to one operation, and answers with this status instead of the server where `isHit` is true. */
function behindPage(
  operation: string,
  status: number,
  isHit: (incoming: IncomingMessage) => boolean,
  faults: readonly string[] = [],
): Promise<Report> {
  const page = { status, headers: { 'content-type': 'text/html' }, body: '<h1>Not by me</h1>' };
  return throughFront(
    (incoming) => (isHit(incoming) ? page : undefined),
    { depth: 'full', scenarios, operations: [...always, operation] },
    { faults },
  );
}

test('a page that refuses the owner once is not a trace of the rejected write before it', async () => {
  let transfers = 0;
  const report = await behindPage('POST /v1/products/{id}/transfer', 403, ({ url, headers }) => {
    // The forged keys have an empty signature.
    const isOwner = headers.authorization?.endsWith('.') === false;
    if (!url?.endsWith('/transfer') || !isOwner) return false;
    transfers += 1;
    return transfers % 4 === 3;
  });
  expect(transfers).toBeGreaterThan(4);
  expect(requirementsThat(report, 'pass')).toEqual([requirement]);
});

test('a page that says once that an object is missing is not a trace of the rejected write, whichever look it hits', async () => {
  const missingOnce = async (hit: number, faults?: readonly string[]) => {
    let looks = 0;
    const isHit = ({ method, url }: IncomingMessage): boolean => {
      if (method !== 'GET' || !url?.includes('traced')) return false;
      looks += 1;
      return looks === hit;
    };
    const report = await behindPage('PUT /v1/events/update', 404, isHit, faults);
    return { looks, failing: requirementsThat(report, 'fail') };
  };
  const { looks } = await missingOnce(0);
  expect(looks).toBeGreaterThan(2);
  for (let hit = 1; hit <= looks; hit += 1) {
    expect((await missingOnce(hit)).failing, `look ${hit} of ${looks}`).toEqual([]);
  }
  const broken = ['unsigned-refused-after-writing'];
  for (let hit = 0; hit <= looks; hit += 1) {
    expect((await missingOnce(hit, broken)).failing, `a fault, look ${hit}`).toEqual([requirement]);
  }
});

test('a page that says once that something is missing does not fail the work of the owner, whichever update it hits', async () => {
  const missingOnce = async (hit: number) => {
    let updates = 0;
    const report = await throughFront(
      ({ method }) => {
        if (method !== 'PUT') return undefined;
        updates += 1;
        return updates === hit
          ? { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not by me</h1>' }
          : undefined;
      },
      { depth: 'quick', scenarios: /^permissions\/write-key-has-full-access\/|^contract\/(json|body)-/ },
    );
    return { updates, report };
  };
  const { updates, report } = await missingOnce(0);
  expect(updates).toBeGreaterThan(1);
  expect(requirementsThat(report, 'pass')).toContain('permissions/write-key-has-full-access');
  for (let hit = 1; hit <= updates; hit += 1) {
    expect(requirementsThat((await missingOnce(hit)).report, 'fail'), `update ${hit}`).toEqual([]);
  }
});

const work = { depth: 'quick', scenarios: /^permissions\/write-key-has-full-access\// } as const;

test('work that was done behind a lost answer and is then rejected with a text decides nothing', async () => {
  let updates = 0;
  const front: Front = ({ method }) => {
    if (method !== 'PUT') return undefined;
    updates += 1;
    return updates === 1
      ? { status: 502, carriedOut: true, body: '<h1>Lost</h1>' }
      : { status: 409, headers: { 'content-type': 'text/plain' }, body: 'It was done before.' };
  };
  const report = await throughFront(front, work);
  expect(updates).toBeGreaterThan(2);
  expect(requirementsThat(report, 'inconclusive')).toEqual(['permissions/write-key-has-full-access']);
});
