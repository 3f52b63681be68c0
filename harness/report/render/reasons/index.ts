import type { Reason } from '../../../model/index.ts';
import { fromAnswers } from './answers.ts';
import { fromPlan } from './plan.ts';
import { fromProcedures } from './procedures.ts';
import { fromRun } from './run.ts';
import type { Say, Words } from './words.ts';

/** The words of every reason; no other file has them. */
const words: Words = { ...fromPlan, ...fromRun, ...fromAnswers, ...fromProcedures };

/** A reason as a clause, without a full stop. */
export function sentenceOf(reason: Reason): string {
  const say = words[reason.code] as (parameters: Reason['parameters'], say: Say) => string;
  return say(reason.parameters, sentenceOf);
}
