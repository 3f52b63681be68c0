import { defined } from '../../../harness/model/defined.ts';
import type { Presentation, Requirement, Scenario } from '../../../harness/model/index.ts';
import { besideHeaders } from '../beside-headers.ts';
import { authentication } from '../sources.ts';
import { claims } from './exemption-claims.ts';
import { clients } from './exemption-clients.ts';
import { credentials } from './exemption-credentials.ts';
import { messages } from './exemption-messages.ts';
import type { ExemptionRow } from './exemption-row.ts';

/** What servers were seen to take in place of a key. */
export const exemptionRows: readonly ExemptionRow[] = [...claims, ...clients, ...messages, ...credentials];

/** Rows about the documented request catch what is open to everybody as well, or to everybody without credentials. */
const openToAll = ({ path, headers }: ExemptionRow): readonly string[] => [
  ...(path === undefined ? ['version-public'] : []),
  ...(path === undefined && headers?.Authorization === undefined ? ['data-in-401'] : []),
];

const presentOf = ({ headers, query, lines, requestLine }: ExemptionRow): Presentation => ({
  headers: headers ?? {},
  ...defined({ query, lines, requestLine }),
});

/** Nothing that a request says beside the key opens an operation. */
export const exemptions: readonly Requirement[] = [
  {
    id: 'presentation/nothing-stands-in-for-the-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'No header, query or form of the message replaces a key.',
    source: authentication('Using Your API Key'),
    advice:
      'Do not exempt a client, host, address, method or query; authenticate after everything that rewrites requests.',
    explainedBy: ['presentation/key-required'],
    scenarios: [
      ...exemptionRows.map(
        (row): Scenario => ({
          id: row.id,
          title: row.title,
          key: 'none',
          present: presentOf(row),
          ...defined({ path: row.path }),
          to: row.to ?? 'one operation of each kind',
          expect: row.expect ?? 'no way in',
          catches: [`${row.id}-exempt`, ...openToAll(row), ...(row.catches ?? [])],
        }),
      ),
      {
        id: 'real-etag',
        title: 'the client asks for an answer only if it differs from the one that the owner just got',
        key: 'none',
        after: 'the owner',
        present: { headers: { 'If-None-Match': '{etag}' } },
        to: 'every read operation',
        expect: 'no way in',
        catches: ['real-etag-exempt'],
      },
      {
        id: 'static-query-right-after-the-owner',
        title: 'the query ends like a static file, right after the same request with the write key',
        key: 'none',
        after: 'the owner',
        present: { headers: {}, query: { x: '.css' } },
        to: 'every GET operation',
        expect: 'no way in',
        catches: [
          'static-answer-shared',
          'static-query-exempt',
          'answer-shared-by-url',
          'verdict-shared-by-request',
        ],
      },
      ...besideHeaders.map(
        ({ id, header, value }): Scenario => ({
          id: `${id}-of-the-owner`,
          title: `no key, right after the same request with the write key and the same ${header}`,
          key: 'none',
          after: 'the owner',
          present: { headers: { [header]: value } },
          to: 'every GET operation',
          expect: 'no way in',
          catches: [`answer-beside-${id}-shared`],
        }),
      ),
    ],
  },
];
