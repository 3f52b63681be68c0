import type {
  Capability,
  Fixture,
  FixtureSet,
  Operation,
  Reason,
  RunOptions,
  ScenarioResult,
  TargetConfiguration,
} from '../../model/index.ts';
import type { SecretsFile } from '../evidence/shared-secrets.ts';
import type { CapabilityState } from '../matrix/expand.ts';

/** What the preflight of an operation showed. */
export interface OperationState {
  readonly operation: Operation;
  readonly availability: 'available' | 'absent' | 'shut-out' | 'broken' | 'unknown';
  readonly note?: Reason;
  /** Somebody who knows says that the target does not implement it. */
  readonly claimedAbsent?: true;
  /** It is documented and looks absent, and nobody claims so: it is tried, and the run is partial. */
  readonly unclaimed?: true | undefined;
  /**
   * Set where the unmodified write key was answered with a success that no API of JSON documents gives: `too-long`,
   * `empty`, `not-json`, or the media type.
   */
  readonly unlike?: string;
  /** Set where the unmodified write key was refused with a text that is not JSON. */
  readonly refusal?: { readonly status: number; readonly text: string };
}

/** True where the unmodified write key was answered so. */
export function isAnswered({ note }: OperationState, status: number): boolean {
  return note?.code === 'answers-write-key' && note.parameters.status === status;
}

/** What the suite does itself that may hurt keys. */
export type OwnAction = 'create' | 'regenerate' | 'revoke' | 'forge';

/** What showed when the suite tried its own actions on keys that were made for it. */
export interface OwnActions {
  /** Results of scenarios that are decided by it. */
  readonly results: readonly ScenarioResult[];
  /** What is not done to the supplied keys and their project, each with the reason. */
  readonly avoid: Readonly<Partial<Record<OwnAction, Reason>>>;
}

/**
 * What the preflight at the target found out, as plain data. It holds the keys, stays in memory and
 * is never written.
 */
export interface SessionState {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly baseUrl: string;
  /** True where the suite started the target itself. */
  readonly embedded: boolean;
  /** Milliseconds before the owner looks again for what a queue may have done; absent: long enough for people's servers. */
  readonly pauseMs?: number;
  /** Depth quick leaves no scenario out: `-g` selects them, or they are proved. */
  readonly everyMember?: boolean;
  /** File through which the processes of the run tell each other their secrets. */
  readonly secretsFile?: SecretsFile;
  /** Keys that the preflight made; set only if the run has no such file. */
  readonly made?: readonly string[];
  readonly target: TargetConfiguration;
  readonly options: RunOptions;
  readonly operations: readonly OperationState[];
  readonly capabilities: readonly (readonly [Capability, CapabilityState])[];
  /** Capabilities that key control was asked for and did not give, each with the reason. */
  readonly refused?: readonly (readonly [Capability, Reason])[];
  readonly fixture: Fixture;
  /** True where the supplied keys of a second project turn out to belong to the first. */
  readonly sameProject?: boolean;
  /** What the second project holds. */
  readonly otherProject: FixtureSet;
  readonly implementation?: { readonly name: string; readonly version: string; readonly url?: string };
  readonly jwks?: string;
  readonly algorithm?: string;
  readonly projectId?: string;
  /** The status with which a path that does not exist answers the unmodified write key. */
  readonly unknownPath?: number;
  /** The shortest time that an answer took in the preflight, in milliseconds: about the way there and back. */
  readonly nearestMs?: number;
  /** What the write key did while the fixture was made. */
  readonly realWork?: ScenarioResult;
  /** Absent where the preflight ended before it. */
  readonly ownActions?: OwnActions;
  /** Set where nothing can be tested; every scenario is inconclusive for this one reason. */
  readonly cause?: Reason;
  /** What the preflight sent, where it ends the run; elsewhere the real work counts it. */
  readonly requests?: number;
}
