import type { Family, RunOptions, TargetConfiguration } from '../../model/index.ts';
import type { Cassette } from '../evidence/cassette.ts';
import type { SecretsFile } from '../evidence/shared-secrets.ts';
import type { SessionState } from '../session/session-state.ts';

/** The input of the preflight. */
export interface PreflightInputs {
  readonly target: TargetConfiguration;
  readonly baseUrl: string;
  /** True if the suite started the target itself. */
  readonly embedded?: boolean;
  readonly options: RunOptions;
  readonly catalogue: readonly Family[];
  /** File through which the processes share their secrets; missing if there is only one process. */
  readonly secretsFile?: SecretsFile;
  /** Resolves when somebody interrupts the run: the keys created so far are revoked, however slow the target is. */
  readonly interrupted?: Promise<void>;
  /** Called with the work of revoking keys, which takes a limited time. */
  readonly onRelease?: (work: Promise<unknown>) => void;
  /** A recording that replaces the target, and when it was made. */
  readonly replay?: {
    readonly cassette: Cassette;
    readonly start: Pick<SessionState, 'runId' | 'startedAt'>;
  };
}

/** Whether the preflight is recorded or replayed: then its parts follow one another, because a recording keeps one order. */
export function isRecorded({ options, replay }: PreflightInputs): boolean {
  return options.record === true || replay !== undefined;
}
