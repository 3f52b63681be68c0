import type { Reason, ReasonCode, ReasonParameters } from '../../../model/index.ts';

/** How each reason is said, as a clause without a full stop. */
export type Words = {
  readonly [C in ReasonCode]: (parameters: ReasonParameters<C>, say: Say) => string;
};
/** Says a reason that is part of another one. */
export type Say = (reason: Reason) => string;
