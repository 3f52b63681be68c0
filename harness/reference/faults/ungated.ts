import type { ApiRequest, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import { believed } from './decode.ts';
import { exempt } from './exemptions.ts';
import type { Fault } from './fault.ts';
import { keyless, readings } from './respelled-paths.ts';
import { unchecked } from './unchecked.ts';

/**
 * A request that a faulty gate lets through as it is. Behind it an application finds project and permission in the key
 * and leaves every check of the key to the gate.
 */
interface Gap {
  readonly id: string;
  readonly isIn: (request: ApiRequest) => boolean;
  /** How the application reads a path that the gate does not recognise. */
  readonly reads?: (path: string) => string;
}

/** The gap of each row, and what of an exemption is enough for it. */
const beside: readonly (readonly [id: string, exemption: string])[] = [
  ['inner-address', 'trusted-network-header'],
  ['private-address', 'private-address'],
  ['gateway-identity', 'gateway-consumer'],
  ['remote-user', 'remote-user'],
  ['switches', 'switches'],
  ['health-checker', 'kube-probe'],
  ['looks-public', 'looks-public'],
  ['own-page', 'dashboard-referer'],
  ['local-host', 'host-localhost'],
  ['debug-query', 'debug-query'],
  ['websocket', 'websocket'],
  ['http-1-0', 'http-1-0'],
  ['preflight-headers', 'preflight-headers'],
  ['browser', 'browser'],
];

const spelled = [
  ...['leading-double-slash', 'leading-dot-segment', 'trailing-slash', 'path-parameter', 'suffix'],
  ...['static-suffix', 'upper-case-first', 'encoded-first-letter', 'from-health'],
];

const gaps: readonly Gap[] = beside.map(([id, exemption]) => ({
  id,
  isIn: named(exempt, exemption).takes,
}));
/** No write is a WebSocket: its handshake is a GET. */
const writable = gaps.filter(({ id }) => id !== 'websocket');
const respelled: readonly Gap[] = spelled.map((id) => {
  const { reads } = named([...readings, ...keyless], id);
  return { id, isIn: ({ path }) => reads(path) !== path, reads };
});

/** Faults of servers that verify no signature in such a request. */
export const unverified: readonly Fault[] = [...gaps, ...respelled].map((gap) => ({
  id: `${gap.id}-unverified`,
  breaks: `A signature is verified in every request: ${inWords(gap)}.`,
  override: (policy) => ({
    ...routing(policy, gap),
    verify: async (text, ring, call) =>
      believed(text, ({ segments }) => segments.length === 3 && isThrough(gap, call)) ??
      (await policy.verify(text, ring, call)),
  }),
}));

/** Faults of servers that do not ask whether a key was revoked in such a request. */
export const revocationIgnored: readonly Fault[] = [...gaps, ...respelled].map((gap) => ({
  id: `${gap.id}-revocation-ignored`,
  breaks: `A revoked key is rejected in every request: ${inWords(gap)}.`,
  override: (policy) => ({
    ...routing(policy, gap),
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) || (key?.jti === claims.jti && isThrough(gap, call)),
  }),
}));

/** Faults of servers that check no permission in such a request. */
export const ungatedWrites: readonly Fault[] = writable.map((gap) =>
  unchecked(`${gap.id}-unchecked`, `A permission is checked in every request: ${inWords(gap)}.`, (request) =>
    gap.isIn(request),
  ),
);

function isThrough({ isIn }: Gap, { request, operation }: Call): boolean {
  return operation !== undefined && isIn(request);
}

function routing(policy: Policy, { reads }: Gap): Partial<Policy> {
  if (reads === undefined) return {};
  return { findOperation: (method, path, request) => policy.findOperation(method, reads(path), request) };
}

function inWords({ id }: Gap): string {
  return id.replaceAll('-', ' ');
}

function named<T extends { readonly id: string }>(rows: readonly T[], id: string): T {
  const found = rows.find((row) => row.id === id);
  if (found === undefined) throw new Error(`There is no row ${id}.`);
  return found;
}
