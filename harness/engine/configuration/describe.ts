import type { TargetConfiguration } from '../../model/index.ts';
import { keyVariables, noOtherEnvironment, type VariableName } from './variables.ts';

/** The configuration as a report may show it: for keys, tokens and commands only that they are set. */
export function describeConfiguration(
  target: TargetConfiguration,
): { readonly name: VariableName; readonly value: string }[] {
  const control = target.control?.kind;
  const given = (present: boolean): string => (present ? 'set' : 'not set');
  const roles = Object.keys(keyVariables) as (keyof typeof keyVariables)[];
  return [
    { name: 'MUFI_BASE_URL', value: target.baseUrl ?? 'not set: the embedded reference server' },
    ...roles.map((role) => ({
      name: keyVariables[role],
      value:
        role === 'other-environment' && target.onlyEnvironment === true
          ? noOtherEnvironment
          : given(target.keys[role] !== undefined),
    })),
    { name: 'MUFI_CONTROL_URL', value: given(control === 'url') },
    { name: 'MUFI_CONTROL_TOKEN', value: given(control === 'url') },
    { name: 'MUFI_CONTROL_COMMAND', value: given(control === 'command') },
    { name: 'MUFI_JWKS_URL', value: given(target.jwksUrl !== undefined) },
    { name: 'MUFI_REPLICA_URLS', value: target.replicaUrls.join(', ') || 'not set' },
    { name: 'MUFI_HTTP_URL', value: target.httpUrl ?? 'not set' },
    { name: 'MUFI_WITHOUT', value: target.without?.join(', ') ?? 'not set' },
    { name: 'MUFI_MAX_RPS', value: String(target.maxRequestsPerSecond ?? 'not set') },
    { name: 'MUFI_CONCURRENCY', value: String(target.concurrency) },
    { name: 'MUFI_TIMEOUT_MS', value: String(target.timeoutMs) },
    { name: 'MUFI_TIME_LIMIT', value: String(target.timeLimitMs / 60_000) },
    { name: 'MUFI_USER_AGENT', value: target.userAgent ?? 'not set' },
    ...(target.anonymous === undefined ? [] : [{ name: 'MUFI_ANONYMOUS', value: target.anonymous } as const]),
  ];
}
