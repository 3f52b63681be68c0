import type { Family, RunOptions, TargetConfiguration } from '../../model/index.ts';
import type { Cassette } from '../evidence/cassette.ts';
import type { SecretsFile } from '../evidence/shared-secrets.ts';
import type { SessionState } from '../session/session-state.ts';

/** What the preflight is told. */
export interface PreflightInputs {
  readonly target: TargetConfiguration;
  readonly baseUrl: string;
  /** True where the suite started the target itself. */
  readonly embedded?: boolean;
  readonly options: RunOptions;
  readonly catalogue: readonly Family[];
  /** File through which the processes tell each other their secrets; absent where there is one process only. */
  readonly secretsFile?: SecretsFile;
  /** Resolves when somebody ends the run: what was made by then is revoked, however long the target takes. */
  readonly interrupted?: Promise<void>;
  /** Takes the work of revoking it, which is bounded. */
  readonly onRelease?: (work: Promise<unknown>) => void;
  /** A recording that takes the place of the target, and when it was made. */
  readonly replay?: {
    readonly cassette: Cassette;
    readonly start: Pick<SessionState, 'runId' | 'startedAt'>;
  };
}
