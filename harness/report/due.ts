import {
  dueAnswers,
  isOtherProjectVariant,
  type Presentation,
  type Procedure,
  type Requirement,
  type Scenario,
} from '../model/index.ts';
import type { RequirementReport } from '../model/report.ts';

/** The status that a scenario expects first. */
export function dueOf({ expect, procedure }: Scenario): { readonly due?: number } {
  const isOneAnswer = procedure === undefined || procedure === 'a costly key is answered in time';
  const due = isOneAnswer ? dueAnswers[expect].status : undefined;
  return due === undefined ? {} : { due };
}

/** Procedures that test what happens to an unmodified key. */
const aboutTheKey: readonly (Procedure | undefined)[] = [
  undefined,
  'a key survives guesses',
  'an oversized header is harmless',
  'HSTS is in force',
  'plain HTTP does not look at keys',
  'plain HTTP leaves no trace',
];

/** True for a scenario that sends an unmodified key of the project where Mufi expects it. */
export function isUnmodified(scenario: Scenario): boolean {
  const { key = 'write', forge, present, prepare, after, procedure, request } = scenario;
  const guesses = procedure === 'a key survives guesses';
  return (
    (key === 'write' || key === 'read') &&
    (forge === undefined || guesses) &&
    (present === undefined || comesFromAPage(present)) &&
    prepare === undefined &&
    after === undefined &&
    aboutTheKey.includes(procedure) &&
    (request === undefined || !isOtherProjectVariant(request))
  );
}

/** True for a scenario with several steps, or with a key that key control makes for it. */
export function isProcedure({ prepare, procedure }: Scenario): boolean {
  return prepare !== undefined || procedure !== undefined;
}

/** A browser adds the origin of a page; the key stays the same. */
function comesFromAPage({ headers = {}, ...elsewhere }: Presentation): boolean {
  const names = Object.keys(headers);
  return Object.keys(elsewhere).length === 0 && names.includes('Origin') && names.length === 2;
}

/** A requirement that observes every exchange gives advice about exactly what it finds. */
export function adviceFitsOf({ observe, adviceFits }: Requirement): Pick<RequirementReport, 'adviceFits'> {
  const fits = observe === undefined ? adviceFits : (['wrong-status', 'redirect', 'server-error'] as const);
  return fits === undefined ? {} : { adviceFits: [...fits] };
}
