import type { Capability, TargetConfiguration } from '../../model/index.ts';
import { isOnLoopback } from '../configuration/plain-http.ts';
import type { CapabilityState } from '../matrix/expand.ts';

/** What decides the capabilities of a run. */
export interface CapabilityInputs {
  readonly target: TargetConfiguration;
  readonly baseUrl: string;
  /** Features that key control lists; undefined if it is not configured, or was not asked yet. */
  readonly features: readonly string[] | undefined;
  readonly publicKeyKnown: boolean;
  /** The algorithm in the header of the write key. */
  readonly algorithm?: string | undefined;
  /** The protocol that the target selected; undefined if it was not asked: then `h2` is assumed. */
  readonly protocol?: string | undefined;
}

/** Which capabilities a run has, lacks, or cannot have with this target. */
export function capabilitiesOf(inputs: CapabilityInputs): Map<Capability, CapabilityState> {
  const { target, features, protocol = 'h2' } = inputs;
  const isHttps = /^https:/i.test(inputs.baseUrl);
  const has = (...roles: (keyof TargetConfiguration['keys'])[]): boolean =>
    roles.every((role) => target.keys[role] !== undefined);
  const supplied = (present: boolean): CapabilityState => (present ? 'have' : 'missing');
  const feature = (name: string): CapabilityState => {
    if (features === undefined) return 'missing';
    return features.includes(name) ? 'have' : 'absent';
  };
  const controlled = feature('keys') === 'have';
  return new Map<Capability, CapabilityState>([
    ['write-key', supplied(has('write'))],
    ['read-key', supplied(has('read'))],
    ['revoked-key', supplied(has('revoked'))],
    ['long-lived-key', supplied(has('long-lived'))],
    ['other-environment-key', target.onlyEnvironment ? 'absent' : supplied(has('other-environment'))],
    ['other-project-keys', supplied(has('other-project-write', 'other-project-read'))],
    ['other-token', supplied(has('other-token'))],
    ['key-control', supplied(controlled)],
    ['expiring-keys', feature('expiring-keys')],
    ['clock', feature('clock')],
    ['projects', feature('projects')],
    ['public-key', inputs.publicKeyKnown ? 'have' : isShared(inputs.algorithm) ? 'absent' : 'missing'],
    ['https', supplied(isHttps)],
    // ALPN needs https; without https, that is what is missing.
    ['http2', isHttps && protocol !== 'h2' ? 'absent' : 'have'],
    ['plain-http', supplied(target.httpUrl !== undefined)],
    ['expendable-key', supplied(controlled || isOnLoopback(inputs.baseUrl, target.httpUrl))],
    ['replicas', supplied(target.replicaUrls.length > 0)],
  ]);
}

/** Keys signed with a shared secret have no public key (RFC 7518 section 3.2). */
function isShared(algorithm: string | undefined): boolean {
  return /^HS/.test(algorithm ?? '');
}
