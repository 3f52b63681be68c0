import type { BadCredential, Forgery, Key, Presentation, SignatureEdit } from '../../model/index.ts';
import type { SessionState } from './session-state.ts';

/** The parts of a request that decide whether its credential may be accepted. */
export interface CredentialParts {
  readonly key: Key | undefined;
  readonly forge?: Forgery | undefined;
  readonly present?: Presentation | undefined;
  /** Set if it does not go to the base URL. */
  readonly baseUrl?: string;
}

/** Edits after which no library accepts the signature as another spelling of the original. */
const breaking: readonly SignatureEdit[] = [
  'flip-first-bit',
  'flip-middle-bit',
  'zeros',
  'random',
  'one-byte',
];

/**
 * Which credential in a request must be rejected, whoever sends it and whatever the request is for; undefined if it may
 * be accepted, or if only the scenario can say. Undocumented requests are judged only by their scenarios.
 */
export function badCredentialOf(
  { target }: Pick<SessionState, 'target'>,
  spec: CredentialParts,
): BadCredential | undefined {
  const { keys, replicaUrls } = target;
  const elsewhere = spec.baseUrl !== undefined && !replicaUrls.includes(spec.baseUrl);
  if (elsewhere || JSON.stringify(spec.present ?? {}).includes('{second')) return undefined;
  if (spec.forge?.literal !== undefined) return 'forged key';
  if (spec.key === undefined) return 'no key';
  if (spec.key.value === keys.revoked?.value) return 'revoked key';
  if (spec.key.value === keys['other-environment']?.value) return 'key of another environment';
  const { sign } = spec.forge ?? {};
  if (sign === 'none') return 'unsigned key';
  const forged =
    sign === 'stranger' || (typeof sign === 'object' && 'bytes' in sign && breaking.includes(sign.bytes));
  return forged ? 'forged key' : undefined;
}
