import type { Capability, Family, Profile, Requirement } from '../model/index.ts';
import type { RunHeader } from '../model/run-header.ts';
import { waysOf } from './render/unlocks.ts';

/** Capabilities that share the name of a feature of key control. */
const features: readonly Capability[] = ['clock', 'expiring-keys', 'projects'];

/**
 * Why a run does not claim a profile; undefined if it does. A run claims the requested profiles. Without a request it
 * claims `core` and every profile for which the supplied keys allow all its MUSTs to be tested.
 */
export function whyNotClaimed(
  id: Profile,
  catalogue: readonly Family[],
  header: RunHeader,
): string | undefined {
  if (header.requestedProfiles !== undefined)
    return header.requestedProfiles.includes(id) ? undefined : '--profile does not name it';
  if (id === 'core') return undefined;
  const musts = catalogue
    .flatMap((family) => family.requirements)
    .filter(({ profile, level }) => profile === id && level === 'MUST');
  const lacking = musts.flatMap((requirement) => {
    const wanted = lackOf(requirement, header);
    return wanted === undefined ? [] : [{ id: requirement.id, wanted }];
  });
  if (lacking.length === 0)
    return musts.some(needsSomething) ? undefined : 'no variable that it needs is set';
  return needsIn(lacking);
}

/**
 * "f/a needs https (MUFI_BASE_URL); f/b and 1 more need key-control (…)": each need once, in the order of the
 * catalogue.
 */
function needsIn(lacking: readonly { readonly id: string; readonly wanted: string }[]): string {
  const needs = [...new Set(lacking.map(({ wanted }) => wanted))].map((need) => {
    const [first, ...more] = lacking.filter(({ wanted }) => wanted === need);
    return more.length === 0
      ? `${first?.id} needs ${need}`
      : `${first?.id} and ${more.length} more need ${need}`;
  });
  return needs.join('; ');
}

/**
 * What has to be supplied before any part of a requirement can be tested, with the ways to supply it; undefined if
 * nothing.
 */
export function lackOf(requirement: Requirement, header: RunHeader): string | undefined {
  const states = new Map(header.capabilities);
  const scenarios = requirement.scenarios.map((scenario) => [
    ...(requirement.needs ?? []),
    ...(scenario.needs ?? []),
  ]);
  const missingOf = (needs: readonly Capability[]): readonly Capability[] =>
    needs.filter((need) => states.get(need) === 'missing');
  const applicable = scenarios.filter((needs) => !needs.some((need) => states.get(need) === 'absent'));
  if (applicable.some((needs) => missingOf(needs).length === 0)) return undefined;
  const [capability] = applicable.flatMap(missingOf);
  if (capability === undefined) return undefined;
  const unlock = header.unlocks.find((entry) => entry.capability === capability);
  const what = features.includes(capability)
    ? `key control that lists the feature "${capability}"`
    : capability;
  const ways = [waysOf(unlock?.variables ?? []), unlock?.option ?? ''].filter((way) => way !== '');
  return ways.length === 0 ? what : `${what} (${ways.join(', or ')})`;
}

function needsSomething({ needs = [], scenarios }: Requirement): boolean {
  return needs.length > 0 || scenarios.some((scenario) => (scenario.needs ?? []).length > 0);
}
