import { isDecidedVerdict, selectionInWords } from '../../model/index.ts';
import { goneOperations } from '../compare/sides.ts';
import { isSet } from '../older-reports.ts';
import { count, figure } from '../render/text.ts';
import { waysOf } from '../render/unlocks.ts';
import type { Night } from './model.ts';

const namesShown = 3;

type TestedParts = Pick<
  Night,
  'target' | 'options' | 'configuration' | 'notTested' | 'requirements' | 'counts' | 'catalogueDigest'
>;

/** What the second of two nights did not test but the first did: operations, keys, options, requirements. */
export function testedLess(before: TestedParts, now: TestedParts): string[] {
  const gone = goneOperations(before, now).map((id) => `${id} is gone`);
  const { sentences, requirements } = lostCapabilities(before, now);
  const options = narrowedOptions(before, now);
  const named = [...gone, ...sentences, ...lostVariables(before, now), ...options];
  const lost = lostRequirements(before, now).filter((id) => !requirements.has(id));
  const all = lost.length === 0 ? named : [...named, `decided before and not this time: ${namesOf(lost)}`];
  return all.length === 0 ? fewerCells(before, now) : all;
}

/** Capabilities that are no longer available, with what unlocks them. */
function lostCapabilities(
  before: TestedParts,
  now: TestedParts,
): { readonly sentences: string[]; readonly requirements: ReadonlySet<string> } {
  const missing = new Set(before.notTested.map(({ capability }) => capability));
  const lost = now.notTested.filter(({ capability }) => !missing.has(capability));
  return {
    sentences: lost.map(({ capability, variables, requirements }) => {
      const ways = variables.length === 0 ? '' : ` (${waysOf(variables)})`;
      return `missing: ${capability}${ways}, so ${count(requirements.length, 'requirement')} ${requirements.length === 1 ? 'is' : 'are'} not tested`;
    }),
    requirements: new Set(lost.flatMap(({ requirements }) => requirements)),
  };
}

/** Keys and other variables that are no longer set, except those of a capability that is named anyway. */
function lostVariables(before: TestedParts, now: TestedParts): string[] {
  const set = ({ configuration }: TestedParts): string[] =>
    configuration.filter(isSet).map(({ name }) => name);
  const still = new Set(set(now));
  const named = new Set(now.notTested.flatMap(({ variables }) => variables));
  const testing = /_(KEY|TOKEN|URL|URLS|COMMAND)$/;
  return set(before)
    .filter((name) => testing.test(name) && name !== 'MUFI_BASE_URL' && !still.has(name) && !named.has(name))
    .map((name) => `${name} is no longer set`);
}

function narrowedOptions({ options: before }: TestedParts, { options: now }: TestedParts): string[] {
  return [
    ...(now.depth !== before.depth && now.depth === 'quick' ? ['depth quick, full before'] : []),
    ...(now.mode !== before.mode && now.mode !== 'full' ? [`mode ${now.mode}, ${before.mode} before`] : []),
    ...(now.selection !== undefined && now.selection !== before.selection
      ? [`only what ${selectionInWords(now.selection)} selects`]
      : []),
  ];
}

/** In another catalogue a requirement may be gone or renamed; this says nothing about what was tested. */
function lostRequirements(before: TestedParts, now: TestedParts): string[] {
  const verdicts = new Map(now.requirements.map(({ id, verdict }) => [id, verdict]));
  const same = before.catalogueDigest === now.catalogueDigest;
  return before.requirements
    .filter(({ id, verdict }) => {
      const is = verdicts.get(id);
      return isDecidedVerdict(verdict) && (is === undefined ? same : !isDecidedVerdict(is));
    })
    .map(({ id }) => id);
}

function fewerCells({ counts: before }: TestedParts, { counts: now }: TestedParts): string[] {
  if (now.cells * 10 >= before.cells * 9) return [];
  return [`${count(now.cells, 'cell')}, ${figure(before.cells)} before`];
}

function namesOf(ids: readonly string[]): string {
  const more = ids.length - namesShown;
  return `${ids.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${figure(more)} more` : ''}`;
}
