import type { Capability, Unlock } from '../../model/index.ts';
import type { ControlLeftOut } from './control-left-out.ts';

const control = 'Offer key control (schemas/control.openapi.yaml)';
const controlVariables = ['MUFI_CONTROL_URL', 'MUFI_CONTROL_TOKEN', 'MUFI_CONTROL_COMMAND'] as const;

const sentences: Readonly<Record<Capability, readonly [string, ...string[]]>> = {
  'write-key': ['Set the write key of a project.', 'MUFI_WRITE_KEY'],
  'read-key': ['Set the read key of the same project.', 'MUFI_READ_KEY'],
  'revoked-key': [
    'Set a key that was regenerated or revoked before the run, or offer key control.',
    'MUFI_REVOKED_KEY',
    ...controlVariables,
  ],
  'long-lived-key': [
    'Offer the feature "clock" in key control, or set a key that was issued at least 30 days ago; a test server can sign one with such an "iat".',
    'MUFI_LONG_LIVED_KEY',
  ],
  'other-environment-key': [
    'Set a key of another environment of the same product, or "none" if there is only one environment.',
    'MUFI_OTHER_ENVIRONMENT_KEY',
  ],
  'other-project-keys': [
    'Set the two keys of a second project, or offer key control with the feature "projects".',
    'MUFI_OTHER_PROJECT_WRITE_KEY',
    'MUFI_OTHER_PROJECT_READ_KEY',
    ...controlVariables,
  ],
  'other-token': [
    'Set a JWT of the same issuer that is not an API key, as people get when they log in.',
    'MUFI_OTHER_TOKEN',
  ],
  'key-control': [`${control} and set its URL and token, or set a command.`, ...controlVariables],
  'expiring-keys': [`${control} that lists the feature "expiring-keys".`, ...controlVariables],
  clock: [`${control} that lists the feature "clock".`, ...controlVariables],
  projects: [`${control} that lists the feature "projects".`, ...controlVariables],
  'public-key': [
    'Set the URL of the JWKS document with the public key. For ECDSA the suite recovers the public key from the two supplied keys; for RSA the command public-key does, once.',
    'MUFI_JWKS_URL',
  ],
  https: ['Set MUFI_BASE_URL to an https URL.', 'MUFI_BASE_URL'],
  http2: [
    'Set MUFI_BASE_URL to an https URL. If the server selects h2 by ALPN, HTTP/2 is tested as well.',
    'MUFI_BASE_URL',
  ],
  'plain-http': [
    'Set the plain HTTP address of the same server, even if nothing listens there.',
    'MUFI_HTTP_URL',
  ],
  'expendable-key': [
    'Offer key control: the suite creates a key, sends it over plain HTTP and revokes it. It sends your own keys over plain HTTP on loopback only.',
    ...controlVariables,
  ],
  replicas: ['Set further base URLs of the same target.', 'MUFI_REPLICA_URLS'],
};

/** True if key control can provide a capability, alone or as one of several ways. */
export function comesFromControl(capability: Capability): boolean {
  return sentences[capability].includes(controlVariables[0]);
}

/**
 * How the user supplies a capability that a run did not have; `leftOut`: the target has key control, but the run does
 * not use it.
 */
export function unlockOf(capability: Capability, leftOut?: ControlLeftOut): Unlock {
  const [sentence, ...variables] = sentences[capability];
  if (leftOut === undefined || !comesFromControl(capability)) return { capability, sentence, variables };
  const others = variables.filter((name) => !(controlVariables as readonly string[]).includes(name));
  const ways = [...(others.length === 0 ? [] : [`set ${others.join(' and ')}`]), leftOut.next].join(', or ');
  const instead = `${ways[0]?.toUpperCase()}${ways.slice(1)}; ${leftOut.reason}.`;
  return { capability, sentence: instead, variables: others, option: '--mode full' };
}
