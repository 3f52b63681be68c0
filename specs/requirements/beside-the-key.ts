import { defined } from '../../harness/model/defined.ts';
import type { OperationSelector, Presentation, Scenario } from '../../harness/model/index.ts';
import { encodings } from './permissions/path-encodings.ts';
import { segments } from './permissions/path-segments.ts';
import { starts } from './permissions/path-starts.ts';
import { paths } from './permissions/spelling.ts';
import { exemptionRows } from './presentation/exemptions.ts';

/** A request as it may pass a gate that verifies keys: by what is beside the key, or by the spelling of the path. */
export interface UngatedRequest extends Pick<Scenario, 'id' | 'title' | 'spelling'> {
  readonly present: Presentation;
  /** Set if it can be sent nowhere else. */
  readonly to?: OperationSelector;
  /** Faults of servers that let it through with any key, or with none. */
  readonly catches?: readonly string[];
}

/** Headers and queries of rows about requests without a key, together; of two that share a name the later one counts. */
function together(
  id: string,
  title: string,
  rows: readonly string[],
  more: Presentation = {},
): UngatedRequest {
  const found = rows.map((name) => named(exemptionRows, name));
  const headers = Object.assign({}, ...found.map((row) => row.headers), more.headers);
  const query = Object.assign({}, ...found.map((row) => row.query));
  const requestLine = found.find((row) => row.requestLine !== undefined)?.requestLine;
  return {
    id,
    title,
    // A raw socket, because the answer of a gate is not checked against the document.
    present: {
      headers: { Authorization: 'Bearer {key}', ...headers },
      query,
      ...defined({ requestLine }),
      lines: [],
    },
  };
}

/** One row, with its own name. */
function alone(id: string): UngatedRequest {
  const { title, to } = named(exemptionRows, id);
  return { ...together(id, title, [id]), ...defined({ to }) };
}

function named<T extends { readonly id: string }>(rows: readonly T[], id: string): T {
  const found = rows.find((row) => row.id === id);
  if (found === undefined) throw new Error(`There is no row ${id}.`);
  return found;
}

const healthCheckers = ['kube-probe', 'elb-health-checker', 'google-health-checker', 'other-health-checkers'];
const agents = healthCheckers.map((id) => named(exemptionRows, id).headers?.['User-Agent']).join(' ');

/** What beside the key makes some gates let a request through as it is. */
export const ungatedByHeaders: readonly UngatedRequest[] = [
  together(
    'inner-address',
    'headers of many names say that the client is this machine',
    ['inner-address', 'inner-address-of-proxies', 'forwarded'],
    { headers: { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1' } },
  ),
  alone('private-address'),
  together('gateway-identity', 'headers name who asks, as gateways do after they verified a key', [
    'gateway-consumer',
    'authenticated-user',
    'cloud-identity',
    'client-certificate',
  ]),
  together('remote-user', 'headers name a user or an administrator, as a server in front does', [
    'remote-user',
    'impersonation',
  ]),
  together('switches', 'headers switch on what only developers, schedulers and inner services need', [
    'inner-request',
    'switches',
    'scheduler',
  ]),
  together('health-checker', 'health checks of many names seem to ask', [], {
    headers: { 'User-Agent': agents },
  }),
  together('looks-public', 'headers of proxies say that the path and its prefix are public', [
    'looks-public',
    'forwarded-prefix',
  ]),
  together('own-page', 'a script of the dashboard seems to ask', [
    'same-site-page',
    'dashboard-origin',
    'dashboard-referer',
    'script',
  ]),
  together('local-host', 'the host is localhost, and headers say so too', [
    'host-localhost',
    'forwarded-host',
  ]),
  together('debug-query', 'the query looks like that of developers, of a health check and of a static file', [
    'debug-query',
    'health-query',
    'static-query',
  ]),
  ...['websocket', 'http-1-0', 'preflight-headers', 'browser'].map(alone),
];

const respelled = [
  ...[...segments, ...encodings, ...starts].map((row) => ({ ...row, catches: [`${row.id}-open`] })),
  ...paths.map(({ spelling, title }) => ({ id: spelling, title, spelling, catches: [] })),
];

/** Spellings of a path by which some gates do not recognise it. */
export const ungatedByPath: readonly UngatedRequest[] = [
  ...['leading-double-slash', 'leading-dot-segment', 'trailing-slash', 'path-parameter', 'suffix'],
  ...['static-suffix', 'upper-case-first', 'encoded-first-letter', 'from-health'],
].map((id) => {
  const { title, spelling, catches } = named(respelled, id);
  return {
    id,
    title,
    ...defined({ spelling }),
    present: { lines: ['Authorization: Bearer {key}'] },
    catches,
  };
});

/** What is sent with each of these requests, and what stays the same. */
interface UngatedKey extends Pick<Scenario, 'key' | 'forge' | 'to'> {
  /** Ends the title. */
  readonly called: string;
  /** The fault of each row is its id and this. */
  readonly fault: string;
  /** What all rows catch as well. */
  readonly catches?: readonly string[];
}

/** The requests with one key. Something in front may answer almost anything, so only what looks like a success fails. */
export function ungated(
  rows: readonly UngatedRequest[],
  { called, fault, catches = [], ...shared }: UngatedKey,
): readonly Scenario[] {
  return rows.map((row) => ({
    ...row,
    ...shared,
    title: `${row.title}, ${called}`,
    ...defined({ to: row.to ?? shared.to }),
    expect: 'no way in',
    catches: [`${row.id}-${fault}`, ...(row.catches ?? []), ...catches],
  }));
}
