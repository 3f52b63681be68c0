import { expect, test } from '@playwright/test';
import { allScenarios, quickScenarios } from '../../../../harness/engine/run/index.ts';
import type { Family, Scenario } from '../../../../harness/model/index.ts';
import { catalogue } from '../../../requirements/index.ts';

const all = allScenarios(catalogue);
const chosen = quickScenarios(catalogue);

test('depth quick tries every requirement', () => {
  const tried = new Set(all.filter(({ id }) => chosen.has(id)).map(({ requirement }) => requirement.id));
  expect(catalogue.flatMap(({ requirements }) => requirements.map(({ id }) => id))).toEqual([...tried]);
});

test('depth quick sends everything that goes to each operation at every depth', () => {
  const everywhere = all.filter(({ scenario }) => scenario.atEveryDepth === true).map(({ id }) => id);
  expect(everywhere.length).toBeGreaterThan(0);
  expect(everywhere.filter((id) => !chosen.has(id))).toEqual([]);
});

/** A catalogue with one requirement for each list of scenarios; a scenario is given by the faults that it catches. */
function made(...requirements: readonly (readonly (readonly string[])[])[]): readonly Family[] {
  const [family] = catalogue;
  const [requirement] = family!.requirements;
  const scenario: Scenario = { ...requirement!.scenarios[0]!, to: 'one read operation' };
  const { atEveryDepth: _left, ...plain } = scenario;
  return [
    {
      ...family!,
      requirements: requirements.map((scenarios, at) => ({
        ...requirement!,
        id: `made/${at}`,
        scenarios: scenarios.map((catches, index) => ({ ...plain, id: `s${index}`, catches })),
      })),
    },
  ];
}

test('a scenario that catches nothing new is left out, and one that catches more goes before', () => {
  expect([...quickScenarios(made([['a'], ['a', 'b'], ['b']]))]).toEqual(['made/0/s1']);
  expect([...quickScenarios(made([['a'], ['a', 'b'], ['c']]))]).toEqual(['made/0/s1', 'made/0/s2']);
});

test('each requirement has its first scenario before any has its second', () => {
  const many = Array.from({ length: 1100 }, (_, index) => [`f${index}`]);
  const first = [...quickScenarios(made(many, [['a']], [['b']]))];
  expect(first).toEqual(expect.arrayContaining(['made/0/s0', 'made/1/s0', 'made/2/s0']));
  expect(first.length).toBeLessThan(1000);
});
