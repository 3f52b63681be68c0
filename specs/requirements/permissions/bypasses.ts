import { pathThatServesAs } from '../../../harness/engine/matrix/operations/index.ts';
import type { Requirement } from '../../../harness/model/index.ts';
import { type UngatedRequest, ungated, ungatedByHeaders } from '../beside-the-key.ts';
import { each, type Row } from '../each.ts';
import { authentication } from '../sources.ts';
import { otherGrants } from './other-grants.ts';
import { overrides } from './overrides.ts';

const bearer = { Authorization: 'Bearer {key}' };
const readable = pathThatServesAs('readable with any key');
const pathsOfReads = `x=${readable}&y=${pathThatServesAs('of a read')}&z=${pathThatServesAs('nothing below')}`;

const rows: readonly Row[] = [
  {
    id: 'method-override',
    present: { headers: { ...bearer, 'X-HTTP-Method-Override': 'GET' } },
    title: 'a header says that the method is GET',
    // A server may honour it, as long as what it is led to is checked as if it had been asked for outright.
    expect: 'not let in',
    catches: ['method-override-honoured', 'permission-ignored', 'put-unchecked'],
  },
  {
    id: 'method-override-short',
    present: { headers: { ...bearer, 'X-Method-Override': 'GET' } },
    title: 'a header says that the method is GET (X-Method-Override)',
    expect: 'not let in',
    catches: ['method-override-honoured'],
  },
  {
    id: 'method-parameter',
    present: { headers: bearer, query: { _method: 'GET' } },
    title: 'a parameter says that the method is GET',
    expect: 'not let in',
    catches: ['method-override-honoured'],
  },
  {
    id: 'original-url',
    present: { headers: { ...bearer, 'X-Original-URL': readable } },
    title: 'a header says that another path is meant (X-Original-URL)',
    expect: 'not let in',
    catches: ['original-url-honoured'],
  },
  {
    id: 'rewrite-url',
    present: { headers: { ...bearer, 'X-Rewrite-URL': readable } },
    title: 'a header says that another path is meant (X-Rewrite-URL)',
    expect: 'not let in',
    catches: ['original-url-honoured'],
  },
  // What a proxy tells the service that it asks for permission. A client may send the same to it.
  {
    id: 'forwarded-method',
    present: { headers: { ...bearer, 'X-Forwarded-Method': 'GET', 'X-Original-Method': 'GET' } },
    title: 'headers of a proxy say that the method is GET',
    expect: 'not let in',
    catches: ['forwarded-method-honoured'],
  },
  {
    id: 'forwarded-path',
    present: {
      headers: {
        ...bearer,
        'X-Forwarded-Uri': readable,
        'X-Original-URI': readable,
        'X-Envoy-Original-Path': readable,
        'X-Forwarded-Path': readable,
      },
    },
    title: 'headers of a proxy say that another path is meant',
    expect: 'not let in',
    catches: ['forwarded-path-honoured', 'original-url-honoured'],
  },
  {
    id: 'permission-header',
    present: { headers: { ...bearer, 'X-Permission': 'write', 'X-Role': 'write' } },
    title: 'headers say that the permission is write',
    catches: [
      'refused-as-401',
      'permission-from-header',
      'refused-as-404',
      'transfer-unchecked',
      'refused-after-writing',
    ],
  },
  {
    id: 'permission-parameter',
    present: { headers: bearer, query: { permission: 'write', scope: 'write' } },
    title: 'parameters say that the permission is write',
    catches: ['permission-from-parameter', 'refused-as-401'],
  },
  {
    id: 'paths-of-reads-in-query',
    // A client would percent-encode the slashes, and then a pattern for the whole URL finds no path in it.
    present: {
      requestLine: `{method} {target}?${pathsOfReads} HTTP/1.1`,
      lines: ['Authorization: Bearer {key}'],
    },
    title: 'parameters are the paths of read operations',
    expect: 'not let in',
    catches: ['read-in-query-unchecked', 'permission-ignored', 'put-unchecked'],
  },
];

/** A request that can be sent to a write, too. */
const anywhere = ({ to }: UngatedRequest): boolean => to === undefined;

/** What stands beside the key grants nothing. */
export const bypasses: readonly Requirement[] = [
  {
    id: 'permissions/nothing-else-grants-permission',
    level: 'MUST',
    profile: 'core',
    sentence: 'Headers and parameters beside the key do not turn a read key into a write key.',
    source: authentication('Permission Levels'),
    advice: 'Take the permission from the verified key, and the operation from the routed request.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...each({ key: 'read', to: 'every write operation', expect: 'forbidden' }, rows),
      ...each({ key: 'read', to: 'every write operation', expect: 'not let in' }, otherGrants),
      ...ungated(ungatedByHeaders.filter(anywhere), {
        key: 'read',
        called: 'with the read key',
        fault: 'unchecked',
        to: 'one write operation of each method',
        catches: ['permission-ignored', 'put-unchecked'],
      }),
      ...overrides,
    ],
  },
];
