import type { FindingKind, Level, Observation } from '../../../model/index.ts';

/** Something seen in an exchange that a requirement watches for. */
export interface Observed {
  readonly observation: Observation;
  readonly kind: FindingKind;
  readonly message: string;
  /** Lower than the requirement's own where the contract is lenient. */
  readonly level?: Level;
  /** The answer, where the message says nothing else. */
  readonly tells?: string;
}
