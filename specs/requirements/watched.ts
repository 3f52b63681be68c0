import type { Scenario } from '../../harness/model/index.ts';

type WatchedScenario = Omit<Scenario, 'catches' | 'expect'>;

const provocations: readonly WatchedScenario[] = [
  { id: 'write-key', title: 'the unmodified write key', request: 'repeatable', to: 'every operation' },
  { id: 'read-key', title: 'the unmodified read key', key: 'read', to: 'every operation' },
  { id: 'no-key', title: 'no key', key: 'none', to: 'every operation' },
  { id: 'bad-key', title: 'the signature is stripped', forge: { sign: 'none' }, to: 'every operation' },
  {
    id: 'invalid-body',
    title: 'the unmodified write key with a body that breaks the schema',
    request: 'invalid',
    to: 'every operation with a body',
  },
];

/**
 * Scenarios of a requirement that watches every exchange: they provoke each kind of answer once, and all watching
 * requirements share the exchanges. `catches`: the faults that the requirement catches.
 */
export function watched(catches: readonly string[]): Scenario[] {
  return provocations.map((scenario) => ({ ...scenario, expect: 'observed', catches }));
}
