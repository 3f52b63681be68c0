import type { FindingKind, Observation } from '../../model.ts';

/** Something seen in an exchange that a requirement watches for. */
export interface Observed {
  readonly observation: Observation;
  readonly kind: FindingKind;
  readonly message: string;
}
