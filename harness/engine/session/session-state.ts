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

/** What the preflight found about an operation. */
export interface OperationState {
  readonly operation: Operation;
  readonly availability: 'available' | 'absent' | 'shut-out' | 'broken' | 'unknown';
  readonly note?: Reason;
  /** The user says that the target does not implement it. */
  readonly claimedAbsent?: true;
  /** It is documented and looks absent, and nobody claimed so: it is tested, and the run is partial. */
  readonly unclaimed?: true | undefined;
  /**
   * Set if the success for the unmodified write key is not a JSON answer of an API: `too-long`, `empty`, `not-json`, or
   * the media type.
   */
  readonly unlike?: string;
  /** Set if the unmodified write key was rejected with a text that is not JSON. */
  readonly refusal?: { readonly status: number; readonly text: string };
}

/** True if the unmodified write key got this status. */
export function isAnswered({ note }: OperationState, status: number): boolean {
  return note?.code === 'answers-write-key' && note.parameters.status === status;
}

/** Actions of the suite that may harm keys. */
export type OwnAction = 'create' | 'regenerate' | 'revoke' | 'forge';

/** The result of trying the suite's own actions on keys created for this. */
export interface OwnActions {
  /** Results of the scenarios that this decides. */
  readonly results: readonly ScenarioResult[];
  /** Actions to avoid on the supplied keys and their project, each with the reason. */
  readonly avoid: Readonly<Partial<Record<OwnAction, Reason>>>;
}

/** What the preflight found, as plain data. It contains the keys, stays in memory and is never written. */
export interface SessionState {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly baseUrl: string;
  /** True if the suite started the target itself. */
  readonly embedded: boolean;
  /** Milliseconds before the owner looks again for the work of a queue; default: long enough for real servers. */
  readonly pauseMs?: number;
  /** Depth quick leaves no scenario out: `-g` selected them, or this is the proof. */
  readonly everyMember?: boolean;
  /** File through which the processes of the run share their secrets. */
  readonly secretsFile?: SecretsFile;
  /** Keys that the preflight created; set only if the run has no such file. */
  readonly made?: readonly string[];
  readonly target: TargetConfiguration;
  readonly options: RunOptions;
  readonly operations: readonly OperationState[];
  readonly capabilities: readonly (readonly [Capability, CapabilityState])[];
  /** Capabilities that key control was asked for and did not provide, each with the reason. */
  readonly refused?: readonly (readonly [Capability, Reason])[];
  readonly fixture: Fixture;
  /** True if the supplied keys of a second project belong to the first. */
  readonly sameProject?: boolean;
  /** The objects of the second project. */
  readonly otherProject: FixtureSet;
  readonly implementation?: { readonly name: string; readonly version: string; readonly url?: string };
  readonly jwks?: string;
  /** Set if `jwks` was computed from signatures, so that nobody published it. */
  readonly jwksComputed?: true;
  readonly algorithm?: string;
  readonly projectId?: string;
  /** The status of a path that does not exist, with the unmodified write key. */
  readonly unknownPath?: number;
  /** The shortest time of an answer in the preflight, in milliseconds: approximately the round trip. */
  readonly nearestMs?: number;
  /** What the write key did while the fixture was created. */
  readonly realWork?: ScenarioResult;
  /** Missing if the preflight ended before it. */
  readonly ownActions?: OwnActions;
  /** Set if nothing can be tested; every scenario is inconclusive for this one reason. */
  readonly cause?: Reason;
  /** The requests of the preflight, if it ends the run; else the real work counts them. */
  readonly requests?: number;
}

/** From so many milliseconds on, the way to the target takes longer than what the load of a run adds to an answer. */
const farMs = 20;

/** Whether a target is far away, by the shortest time that an answer took. */
export function isFar(nearestMs = 0): boolean {
  return nearestMs >= farMs;
}
