import type { Reason, ReasonCode, ReasonParameters } from '../../../model/index.ts';

/** The words of each reason, as a clause without a full stop. */
export type Words = {
  readonly [C in ReasonCode]: (parameters: ReasonParameters<C>, say: Say) => string;
};
/** Returns the words of a reason that is part of another one. */
export type Say = (reason: Reason) => string;
