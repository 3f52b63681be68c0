import { type Capability, profiles, type RunOptions, type TargetConfiguration } from '../../model/index.ts';
import { count } from '../../report/render/text.ts';
import { howToUnlock, plannedRun } from '../planned.ts';

/** What a run could test of each profile, what is missing, and how to get it. `features`: what key control offers. */
export function profileLines(
  target: TargetConfiguration,
  options: RunOptions,
  features: readonly string[],
): string[] {
  const { planned, leftOut } = plannedRun(target, options, features);
  const needed = new Set<Capability>();
  const lines = profiles.map((profile) => {
    const own = planned.filter(({ requirement, skip }) => {
      return requirement.profile === profile && skip?.verdict !== 'not-applicable';
    });
    const sent = own.filter(({ skip }) => skip === undefined);
    const requirements = (some: typeof own): number =>
      new Set(some.map(({ requirement }) => requirement.id)).size;
    const missing = new Set(own.flatMap(({ skip }) => skip?.missing ?? []));
    for (const capability of missing) needed.add(capability);
    const needs = missing.size === 0 ? '' : `; the rest needs ${[...missing].join(', ')}`;
    return `  ${profile.padEnd(10)} ${requirements(sent)} of ${count(requirements(own), 'requirement')}, ${sent.length} of ${count(own.length, 'scenario')}${needs}`;
  });
  const unlocks = [...needed].map((capability) => `  ${capability}: ${howToUnlock(capability, leftOut)}`);
  return [...lines, ...(unlocks.length === 0 ? [] : ['', 'What unlocks the rest:', ...unlocks])];
}
