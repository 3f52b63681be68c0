import type { FindingKind, Level, Observation } from '../../../model/index.ts';

/** A finding of a requirement that watches every exchange. */
export interface ObservedFinding {
  readonly observation: Observation;
  readonly kind: FindingKind;
  readonly message: string;
  /** Lower than the level of the requirement, if the contract is lenient. */
  readonly level?: Level;
  /** The answer, if the message does not say anything else. */
  readonly tells?: string;
}
