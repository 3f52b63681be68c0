import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { requirementsThat } from '../../support/engine.ts';
import { type Front, throughFront } from '../../support/front.ts';

const scenarios =
  /^permissions\/(other-methods-do-not-write\/(get|head)|nothing-else-grants-permission\/get-with-http-method-override)$/;
const operations = ['GET /v1/version', 'POST /v1/products/{id}/items'];

/** Runs behind a server that also lists items: their path has a GET that the document does not know. */
function withList(isList: (isPlain: boolean) => boolean): Promise<Report> {
  const front: Front = ({ method = '', url, headers }) => {
    const isSafe = ['GET', 'HEAD'].includes(method) && url?.endsWith('/items');
    const named = ['content-length', 'transfer-encoding', 'x-http-method-override'];
    const isPlain = named.every((name) => headers[name] === undefined);
    if (isSafe !== true || !isList(isPlain) || headers.authorization === undefined) return undefined;
    return { status: 200, body: '{"items": []}' };
  };
  return throughFront(front, { depth: 'full', scenarios, operations });
}

test('a list on the path of a write is no way to write for the read key that reads it', async () => {
  const report = await withList(() => true);
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  expect(requirementsThat(report, 'pass')).toEqual([
    'permissions/nothing-else-grants-permission',
    'permissions/other-methods-do-not-write',
  ]);
});

test('a success that needs the body of the write, or a header that names its method, is a way to write', async () => {
  const report = await withList((isPlain) => !isPlain);
  expect(requirementsThat(report, 'fail')).toEqual([
    'permissions/nothing-else-grants-permission',
    'permissions/other-methods-do-not-write',
  ]);
});
