import type { Family, Profile } from '../model.ts';
import { profiles } from '../model.ts';
import type { RunHeader } from './run-header.ts';
import type { Report, RequirementReport } from './schema.ts';
import { testedInPart } from './tested.ts';

type ProfileReport = Report['profiles'][number];

/** Which profiles are claimed, and what each came to. */
export function judgeProfiles(
  requirements: readonly RequirementReport[],
  catalogue: readonly Family[],
  header: RunHeader,
): ProfileReport[] {
  return profiles.map((id) => {
    const own = requirements.filter(({ profile }) => profile === id);
    const claimed = isClaimed(id, catalogue, header);
    const musts = own.filter(({ level }) => level === 'MUST');
    const failing = own.filter(({ verdict }) => verdict === 'fail');
    if (failing.length > 0) {
      const reason = `${failing.length} of its requirements ${failing.length === 1 ? 'fails' : 'fail'}`;
      return { id, claimed, verdict: 'nonconformant', reason };
    }
    if (!claimed) return { id, claimed, verdict: 'not-claimed', reason: 'what it needs was not supplied' };
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
      const left = count('not-tested');
      return { id, claimed, verdict: 'partial', reason: `${left} ${left === 1 ? 'was' : 'were'} not tested` };
    }
    if (count('pass') + count('warn') + count('known') === 0) {
      return { id, claimed, verdict: 'partial', reason: 'nothing of it was tested' };
    }
    const notes = notesOn(own);
    return { id, claimed, verdict: 'conformant', ...(notes === '' ? {} : { reason: notes }) };
  });
}

/** What a conformant profile is not silent about. */
function notesOn(own: readonly RequirementReport[]): string {
  const known = own.filter(({ verdict }) => verdict === 'known').length;
  const inPart = own.filter((requirement) => testedInPart(requirement) !== undefined).length;
  return [
    ...(known === 0
      ? []
      : [`${known} of its requirements ${known === 1 ? 'fails' : 'fail'} as the baseline says`]),
    ...(inPart === 0 ? [] : [`${inPart} of its requirements ${inPart === 1 ? 'is' : 'are'} tested in part`]),
  ].join('; ');
}

/** `core` says something only of a target that has something to read and something to write. */
function missingKind({ target }: RunHeader): string | undefined {
  const absent = (permission: string): boolean =>
    target.operations
      .filter((operation) => operation.permission === permission)
      .every(({ availability }) => availability === 'absent');
  if (absent('write')) return 'the target has no write operation, so nothing was tried on one';
  return absent('read') ? 'the target has no read operation, so nothing was tried on one' : undefined;
}

/** Asked for; or core; or every capability that its requirements need was supplied. */
function isClaimed(id: Profile, catalogue: readonly Family[], header: RunHeader): boolean {
  if (header.requestedProfiles !== undefined) return header.requestedProfiles.includes(id);
  if (id === 'core') return true;
  const own = catalogue
    .flatMap((family) => family.requirements)
    .filter(({ profile, level }) => profile === id && level === 'MUST');
  const states = new Map(header.capabilities);
  const needs = own.flatMap((requirement) => requirement.needs ?? []);
  return needs.length > 0 && needs.every((need) => states.get(need) !== 'missing');
}
