import type { Requirement, Scenario } from '../../../harness/model/index.ts';
import { each, type Row } from '../each.ts';
import { authentication } from '../sources.ts';

/** Keys that are good, and what they are good for. */
const goodKeys: readonly Row[] = [
  {
    id: 'write-key',
    title: 'the write key over HTTP/2',
    to: 'one read and one write operation',
    catches: ['http2-loses-the-key'],
  },
  {
    id: 'read-key',
    title: 'the read key over HTTP/2 on an operation that reads',
    key: 'read',
    to: 'one read operation',
    catches: ['http2-loses-the-key', 'http2-reads-need-write-key'],
  },
];

/** One of each kind of credential that is rejected over HTTP/1.1. */
const badCredentials: readonly Row[] = [
  { id: 'no-key', title: 'no key over HTTP/2', key: 'none', catches: ['http2-needs-no-key'] },
  {
    id: 'broken-signature',
    title: 'a key with one bit of its signature flipped over HTTP/2',
    forge: { sign: { bytes: 'flip-middle-bit' } },
    catches: ['http2-signature-ignored'],
  },
  {
    id: 'unsigned',
    title: 'a key with the algorithm none over HTTP/2',
    forge: { header: { set: { alg: 'none' } }, sign: 'none' },
    catches: ['http2-unsigned-accepted'],
  },
  {
    id: 'other-environment',
    title: 'a key of another environment over HTTP/2',
    key: 'other-environment',
    needs: ['other-environment-key'],
    catches: ['http2-environment-ignored'],
  },
  {
    id: 'other-scheme',
    title: 'the key behind another scheme over HTTP/2',
    present: { headers: { Authorization: 'Token {key}' } },
    catches: ['http2-any-scheme'],
  },
  {
    id: 'no-scheme',
    title: 'the key without a scheme over HTTP/2',
    present: { headers: { Authorization: '{key}' } },
    expect: 'unauthorized, 400 tolerated',
    catches: ['http2-no-scheme-needed'],
  },
  {
    id: 'query',
    title: 'the key in the query over HTTP/2',
    present: { headers: {}, query: { access_token: '{key}' } },
    catches: ['http2-key-in-query'],
  },
  {
    id: 'cookie',
    title: 'the key in a cookie over HTTP/2',
    present: { headers: { Cookie: 'access_token={key}' } },
    catches: ['http2-key-in-cookie'],
  },
  {
    id: 'revoked-key',
    title: 'a key that was used over HTTP/2, after its revocation',
    prepare: 'used and revoked write key',
    needs: ['key-control'],
    catches: ['http2-revocation-ignored'],
  },
];

/** What a key may not do, and what does not replace one. */
const limits: readonly Scenario[] = [
  {
    id: 'local-authority',
    title: 'no key, and :authority names this machine',
    key: 'none',
    over: 'HTTP/2',
    present: { headers: { Host: 'localhost' } },
    to: 'one read and one write operation',
    expect: 'no way in',
    catches: ['http2-local-authority-exempt'],
  },
  {
    id: 'read-key-writes',
    title: 'the read key over HTTP/2 on an operation that writes',
    key: 'read',
    over: 'HTTP/2',
    to: 'one write operation of each method',
    expect: 'forbidden',
    catches: ['http2-permission-ignored', 'http2-loses-the-key'],
  },
  {
    id: 'other-project-key',
    title: 'the write key of another project reads by id over HTTP/2',
    key: 'other-project-write',
    over: 'HTTP/2',
    needs: ['other-project-keys'],
    request: 'by-id',
    to: 'every read operation of one thing',
    expect: 'not found',
    catches: ['http2-project-ignored'],
  },
];

/** What is accepted on a connection of its own is accepted among other streams as well. */
const openAlone = ['http2-needs-no-key', 'http2-signature-ignored', 'http2-permission-ignored'];

/** Credentials that take turns on one connection: the write key, the read key, none, and a forged one. */
const streams: readonly Row[] = [
  {
    id: 'streams-in-turn',
    title: 'four kinds of credentials take turns as streams of one connection',
    procedure: 'streams of one connection in turn',
    catches: [
      ...openAlone,
      'http2-connection-keeps-permission',
      'http2-connection-keeps-caller',
      'http2-connection-verified-once',
    ],
  },
  {
    id: 'streams-at-once',
    title: 'four kinds of credentials are streams of one connection at the same time',
    procedure: 'streams of one connection at once',
    catches: [...openAlone, 'http2-connection-keeps-permission', 'http2-streams-share-permission'],
  },
];

/** The same rules hold over HTTP/2. */
export const http2: Requirement = {
  id: 'transport/http2-like-http1',
  level: 'MUST',
  profile: 'transport',
  sentence: 'Over HTTP/2 each request is authenticated and authorized as over HTTP/1.1.',
  source: authentication('Using Your API Key'),
  advice: 'Authenticate each stream, behind what ends HTTP/2, with the code that serves HTTP/1.1.',
  explainedBy: [
    'permissions/read-key-does-not-write',
    'regeneration/revoked-key-rejected',
    'token/signature-verified',
  ],
  needs: ['https', 'http2'],
  scenarios: [
    ...each({ over: 'HTTP/2', to: 'one read operation', expect: 'accepted' }, goodKeys),
    ...each(
      { over: 'HTTP/2', to: 'one read and one write operation', expect: 'unauthorized' },
      badCredentials,
    ),
    ...limits,
    ...each(
      {
        over: 'HTTP/2',
        forge: { sign: { bytes: 'flip-middle-bit' } },
        to: 'one read and one write operation',
        expect: 'unauthorized',
      },
      streams,
    ),
  ],
};
