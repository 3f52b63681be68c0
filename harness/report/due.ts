import type { Expectation, Presentation, Procedure, Requirement, Scenario } from '../model/index.ts';
import type { RequirementReport } from '../model/report.ts';

/** The status of the correct answer; success and "anything but" have none. */
const statuses: Readonly<Record<Expectation, number | undefined>> = {
  unauthorized: 401,
  'unauthorized, 400 tolerated': 401,
  'unauthorized, leniency tolerated': 401,
  'unauthorized, or too large': 401,
  'unauthorized, or no such path': 401,
  forbidden: 403,
  'forbidden, order of checks tolerated': 403,
  accepted: undefined,
  'accepted, 401 undecided': undefined,
  'not found': 404,
  'nothing of another project': 404,
  'shows nothing of the project': undefined,
  'refused as malformed': 400,
  'not let in': undefined,
  'no way in': undefined,
  'no redirect': undefined,
  'key not repeated': undefined,
  'no server error': undefined,
  'no such operation': undefined,
  observed: undefined,
};

/** The status that a scenario expects first. */
export function dueOf({ expect, procedure }: Scenario): { readonly due?: number } {
  const isOneAnswer = procedure === undefined || procedure === 'a costly key is answered in time';
  const due = isOneAnswer ? statuses[expect] : undefined;
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
    request?.startsWith('foreign') !== true
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
