import type { Family } from '../model/index.ts';
import { profiles } from '../model/index.ts';
import type { Report, RequirementReport } from '../model/report.ts';
import type { RunHeader } from '../model/run-header.ts';
import { testedInPart } from './coverage.ts';
import { lackOf, whyNotClaimed } from './profile-claims.ts';

type ProfileReport = Report['profiles'][number];

/** Which profiles are claimed, and the result of each. */
export function judgeProfiles(
  requirements: readonly RequirementReport[],
  catalogue: readonly Family[],
  header: RunHeader,
): ProfileReport[] {
  return profiles.map((id) => {
    const own = requirements.filter(({ profile }) => profile === id);
    const unclaimed = whyNotClaimed(id, catalogue, header);
    const claimed = unclaimed === undefined;
    const musts = own.filter(({ level }) => level === 'MUST');
    const failing = own.filter(({ verdict }) => verdict === 'fail');
    if (failing.length > 0) {
      const reason = `${failing.length} of its requirements ${failing.length === 1 ? 'fails' : 'fail'}`;
      return { id, claimed, verdict: 'nonconformant', reason };
    }
    if (!claimed) return { id, claimed, verdict: 'not-claimed', reason: unclaimed };
    const untried = id === 'core' ? missingKind(header) : undefined;
    if (untried !== undefined) return { id, claimed, verdict: 'partial', reason: untried };
    const count = (verdict: string): number => musts.filter((entry) => entry.verdict === verdict).length;
    if (count('inconclusive') > 0) {
      return {
        id,
        claimed,
        verdict: 'inconclusive',
        reason: `${count('inconclusive')} could not be decided`,
      };
    }
    if (count('not-tested') > 0) {
      const left = musts.filter(({ verdict }) => verdict === 'not-tested');
      return { id, claimed, verdict: 'partial', reason: untested(left, catalogue, header) };
    }
    if (count('pass') + count('warn') + count('known') === 0) {
      return { id, claimed, verdict: 'partial', reason: 'none of its requirements was tested' };
    }
    const notes = notesOn(own);
    return { id, claimed, verdict: 'conformant', ...(notes === '' ? {} : { reason: notes }) };
  });
}

/** Which requirements were not tested, and what the first of them needs. */
function untested(
  left: readonly RequirementReport[],
  catalogue: readonly Family[],
  header: RunHeader,
): string {
  const ids = left.map(({ id }) => id);
  const first = catalogue.flatMap(({ requirements }) => requirements).find(({ id }) => id === ids[0]);
  const lack = first === undefined ? undefined : lackOf(first, header);
  const more = ids.length === 1 ? ' was' : ` and ${ids.length - 1} more were`;
  return `${ids[0]}${more} not tested${lack === undefined ? '' : ` because ${lack} is missing`}`;
}

/** What is said even about a conformant profile. */
function notesOn(own: readonly RequirementReport[]): string {
  const known = own.filter(({ verdict }) => verdict === 'known').length;
  const inPart = own.filter((requirement) => testedInPart(requirement) !== undefined).length;
  return [
    ...(known === 0
      ? []
      : [`${known} of its requirements ${known === 1 ? 'fails' : 'fail'} as listed in the baseline`]),
    ...(inPart === 0 ? [] : [`${inPart} of its requirements ${inPart === 1 ? 'is' : 'are'} tested in part`]),
  ].join('; ');
}

/** `core` is meaningful only for a target with something to read and something to write. */
function missingKind({ target }: RunHeader): string | undefined {
  const absent = (permission: string): boolean =>
    target.operations
      .filter((operation) => operation.permission === permission)
      .every(({ availability }) => availability === 'absent');
  if (absent('write')) return 'the target has no write operation, so no write could be tested';
  return absent('read') ? 'the target has no read operation, so no read could be tested' : undefined;
}
