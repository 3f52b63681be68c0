import { defined } from '../../model/defined.ts';
import { type Capability, type Family, withTexts } from '../../model/index.ts';
import type { RunHeader } from '../../model/run-header.ts';
import { controlLeftOut } from '../configuration/control-left-out.ts';
import { describeConfiguration } from '../configuration/describe.ts';
import { unlockOf } from '../configuration/unlocks.ts';
import { eachText } from '../evidence/each-text.ts';
import type { Redactor } from '../evidence/redaction.ts';
import { secretsOf } from '../session/secrets.ts';
import type { SessionState } from '../session/session-state.ts';
import { catalogueDigest, suiteName, suiteVersion } from '../session/suite.ts';

/** The part of a state that a report may show: no key, no token. */
export function runHeaderOf(
  state: SessionState,
  catalogue: readonly Family[],
  selection?: string,
  { redact }: Pick<Redactor, 'redact'> = secretsOf(state),
): RunHeader {
  const { options } = state;
  const leftOut = controlLeftOut(state.target, options.mode);
  return {
    runId: state.runId,
    embedded: state.embedded,
    ...(state.projectId === undefined ? {} : { projectId: redact(state.projectId) }),
    suite: { name: suiteName, version: suiteVersion, catalogueDigest: catalogueDigest(catalogue) },
    target: {
      baseUrl: state.baseUrl,
      ...(state.implementation === undefined
        ? {}
        : { implementation: eachText(state.implementation, redact) }),
      operations: state.operations.map(({ operation, availability, note, claimedAbsent, unclaimed }) => ({
        id: operation.id,
        permission: operation.permission,
        availability,
        ...(note === undefined ? {} : { because: withTexts(note, redact) }),
        ...defined({ claimedAbsent, unclaimed }),
      })),
      ...defined({ algorithm: state.algorithm }),
    },
    startedAt: state.startedAt,
    options: {
      profiles: [...(options.profiles ?? [])],
      depth: options.depth,
      mode: options.mode,
      strict: options.strict,
      ...defined({ selection }),
    },
    ...(options.profiles === undefined ? {} : { requestedProfiles: [...options.profiles] }),
    configuration: describeConfiguration(state.target),
    ...defined({ baseline: options.baseline }),
    capabilities: state.capabilities.map(([capability, value]) => [capability, value]),
    unlocks: state.capabilities.map(([capability]: readonly [Capability, unknown]) => {
      const { sentence, variables, option } = unlockOf(capability, leftOut);
      const refused = new Map(state.refused).get(capability);
      const because = refused && withTexts(refused, redact);
      return { capability, sentence, variables: [...variables], ...defined({ option, because }) };
    }),
    ...controlRefused(state, redact),
    ...(state.cause === undefined ? {} : { because: withTexts(state.cause, redact) }),
    ...defined({ requests: state.requests }),
  };
}

function controlRefused(
  { refused = [] }: SessionState,
  redact: (text: string) => string,
): Pick<RunHeader, 'refusals'> {
  if (refused.length === 0) return {};
  return { refusals: refused.map(([, answer]) => withTexts(answer, redact)) };
}
