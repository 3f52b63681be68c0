import { type ExitCode, exitCodes, type RunVerdict } from '../model/index.ts';
import type { Report, RequirementReport } from '../model/report.ts';
import type { RunHeader } from '../model/run-header.ts';
import { gates } from './baseline-entries.ts';
import { nothingTested, testedInPart } from './coverage.ts';
import { operationsInWords, unclaimedInWords } from './operations.ts';
import { withId } from './render/text.ts';

export interface RunVerdictInputs {
  readonly requirements: readonly RequirementReport[];
  /** Id of the worst failing requirement, for the sentence. */
  readonly worst: string | undefined;
  readonly profiles: Report['profiles'];
  readonly baseline: Report['baseline'];
  readonly notTested: Report['notTested'];
  readonly cells: number;
  readonly header: RunHeader;
  readonly leftOut: string | undefined;
  readonly interrupted: boolean;
  readonly suiteFaults: readonly string[];
  /** The single reason why nothing, or not enough, could be decided. */
  readonly cause?: string | undefined;
}

/** The verdict of a run and why, in one sentence. A run that tried nothing is broken, never a pass. */
export function judgeRun(inputs: RunVerdictInputs): {
  verdict: RunVerdict;
  reason: string;
  suiteFaults: string[];
} {
  const { requirements, profiles, header } = inputs;
  const faults = [...inputs.suiteFaults];
  const nothing = nothingTested(header.options.selection, requirements, inputs.notTested);
  const stopped = header.cause !== undefined || inputs.cause !== undefined || inputs.interrupted;
  const undecided = requirements.some(({ scenarios }) =>
    scenarios.some(({ verdict }) => verdict === 'inconclusive'),
  );
  if (inputs.cells === 0 && !stopped && !undecided) faults.push(nothing ?? 'no check ran');
  const decide = (verdict: RunVerdict, reason: string, limits: readonly string[] = []) => ({
    verdict,
    reason: limits.length === 0 ? reason : `${reason} (${limits.join('; ')})`,
    suiteFaults: faults,
  });
  const extent = extentOf(header);

  if (nothing !== undefined && faults[0] === nothing) return decide('inconclusive', nothing);
  if (faults.length > 0) return decide('inconclusive', `the run is broken: ${faults[0]}`);
  const failing = requirements.filter(({ verdict }) => verdict === 'fail');
  const worst = failing.find(({ id }) => id === inputs.worst) ?? failing[0];
  const more = failing.length === 1 ? '' : ` and ${failing.length - 1} more`;
  const broken = `${targetName(header)} breaks ${worst && withId(worst)}${more}`;
  if (inputs.interrupted) {
    const ended = inputs.leftOut ?? 'the run was interrupted';
    if (failing.length === 0) return decide('partial', ended);
    return decide('partial', `${ended}; until then ${broken}`, extent);
  }
  if (failing.length > 0) return decide('nonconformant', broken, extent);
  const outOfDate = outOfDateIn(inputs.baseline);
  if (outOfDate !== undefined) return decide('nonconformant', outOfDate, extent);
  if (inputs.cause !== undefined) return decide('inconclusive', inputs.cause);
  const unclaimed = unclaimedInWords(header.target, requirements);
  if (unclaimed !== undefined) return decide('partial', unclaimed, extent);
  const claimed = profiles.filter(({ claimed: isClaimed }) => isClaimed);
  const inDoubt = claimed.filter(({ verdict }) => verdict === 'inconclusive');
  if (inDoubt.length > 0) {
    const reason = requirements.find(
      ({ verdict, level, profile }) =>
        verdict === 'inconclusive' && level === 'MUST' && inDoubt.some(({ id }) => id === profile),
    )?.reason;
    return decide('inconclusive', reason ?? `${names(inDoubt)} could not be decided`);
  }
  if (inputs.leftOut !== undefined) return decide('partial', `not everything ran: ${inputs.leftOut}`, extent);
  if (header.controlRefused !== undefined && header.requestedProfiles === undefined) {
    return decide(
      'partial',
      `key control is configured but failed: ${header.controlRefused}; fix it, or choose profiles that do not need it with --profile`,
      extent,
    );
  }
  const partial = claimed.filter(({ verdict }) => verdict === 'partial');
  if (partial.length > 0) {
    const [{ reason = 'not everything was tested' } = {}] = partial;
    return decide('partial', `${names(partial)}: ${reason}`, extent);
  }
  const butFor = knownIn(requirements, inputs.baseline);
  return decide(
    'conformant',
    `${targetName(header)} keeps every MUST of ${names(claimed)}${butFor}`,
    reach(header, claimed, requirements),
  );
}

/** The first entry that is out of date; the run stays red until somebody changes the file. */
function outOfDateIn(baseline: Report['baseline']): string | undefined {
  const gating = baseline?.entries.filter(gates) ?? [];
  const [first] = gating;
  if (first === undefined) return undefined;
  const more = gating.length === 1 ? '' : ` and ${gating.length - 1} more`;
  const { requirement, state, owner } = first;
  return `the entry of ${requirement} in ${baseline?.file} is ${state}${more} (${owner}): ${first.why}`;
}

/** A conformant run that accepts failures says so. */
function knownIn(requirements: readonly RequirementReport[], baseline: Report['baseline']): string {
  const known = requirements.filter(({ verdict }) => verdict === 'known').map(({ id }) => id);
  if (known.length === 0) return '';
  return `, except the known failures of ${known.join(', ')} in ${baseline?.file}`;
}

/** Requirements of the claimed profiles with a scenario that was not tested for a reason other than the depth. */
function inPartOf(claimed: Report['profiles'], requirements: readonly RequirementReport[]): string[] {
  const claims = new Set(claimed.map(({ id }) => id));
  return requirements
    .filter(({ profile, scenarios }) => {
      const within = scenarios.filter(({ because }) => because?.code !== 'seldom-at-quick');
      return claims.has(profile) && testedInPart({ scenarios: within }) !== undefined;
    })
    .map(({ id }) => id);
}

/** What a conformant report does not cover, in the words of its verdict; empty if it covers everything. */
export function limitsInWords(report: Report): string {
  const claimed = report.profiles.filter((profile) => profile.claimed);
  const limits = reach(report, claimed, report.requirements);
  return limits.length === 0 ? '' : ` (${limits.join('; ')})`;
}

type Extent = Pick<RunHeader, 'options' | 'target' | 'configuration'>;

/** The options and missing operations that reduce what was tested. */
function extentOf({ options, target, configuration }: Extent): string[] {
  const anonymous = configuration.find(({ name }) => name === 'MUFI_ANONYMOUS');
  const operations = operationsInWords(target);
  return [
    ...(options.depth === 'quick'
      ? ['depth quick: the scenarios that catch the most faults, on one read and one write operation']
      : []),
    ...(options.mode === 'full' ? [] : [`mode ${options.mode}`]),
    ...(operations === undefined ? [] : [operations]),
    ...(anonymous === undefined ? [] : [`anonymous, with the seed ${anonymous.value}`]),
  ];
}

/** What a conformant verdict does not cover. */
function reach(
  header: Extent,
  claimed: Report['profiles'],
  requirements: readonly RequirementReport[],
): string[] {
  const inPart = inPartOf(claimed, requirements);
  const unseenMs = unseenMsIn(claimed, requirements);
  return [
    ...extentOf(header),
    ...(inPart.length === 0 ? [] : [`tested in part: ${inPart.join(', ')}`]),
    ...(unseenMs < worthSayingMs
      ? []
      : [
          `an old key that works for less than ${Math.ceil(unseenMs)} ms after its regeneration is seen with less than 99 % certainty`,
        ]),
  ];
}

/** From so many milliseconds on, the verdict says how long an old key may work without being seen. */
const worthSayingMs = 50;

/** For so many milliseconds an old key may work after its regeneration without being seen: never less than a round trip. */
function unseenMsIn(claimed: Report['profiles'], requirements: readonly RequirementReport[]): number {
  const claims = new Set(claimed.map(({ id }) => id));
  const timelines = requirements
    .filter(({ profile }) => claims.has(profile))
    .flatMap(({ scenarios }) => scenarios.map(({ timeline }) => timeline));
  return Math.max(0, ...timelines.map((timeline) => timeline?.surelySeenMs ?? 0));
}

/** The target in a sentence; nobody can mistake the embedded reference server for a target. */
function targetName({ target, embedded }: RunHeader): string {
  return embedded
    ? 'the embedded reference server (no MUFI_BASE_URL is set)'
    : `the target ${target.baseUrl}`;
}

function names(profiles: Report['profiles']): string {
  return profiles.map(({ id }) => id).join(', ');
}

/** The exit code of a report: part of the contract of the command line. */
export function exitCodeOf({ verdict, suiteFaults }: Pick<Report, 'verdict' | 'suiteFaults'>): ExitCode {
  return exitCodes[suiteFaults.length > 0 ? 'broken' : verdict];
}
