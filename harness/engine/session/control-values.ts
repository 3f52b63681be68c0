import type { RecordedValue } from '../evidence/cassette.ts';

/** How the answers of key control are called on a cassette. */
export const controlValues = {
  key: 'a key',
  regeneration: 'the regeneration of',
  revocation: 'the revocation of',
  project: 'the project',
  clock: 'the clock moved by',
} as const;

const asked: Readonly<Record<keyof typeof controlValues, string>> = {
  key: 'create a key',
  regeneration: 'regenerate the key',
  revocation: 'revoke the key',
  project: 'create the project',
  clock: 'move the clock by',
};

/** One request to key control, in words, and what came of it. */
export interface ControlStep {
  readonly asked: string;
  /** Why it failed. */
  readonly failure?: string;
}

/** What key control was asked for, by the recorded values of a scenario, in order; the rest of them is left out. */
export function controlSteps(values: readonly RecordedValue[]): ControlStep[] {
  const kinds = Object.keys(controlValues) as (keyof typeof controlValues)[];
  return values.flatMap(({ name, error }) => {
    const kind = kinds.find((one) => name.startsWith(`${controlValues[one]} `));
    if (kind === undefined) return [];
    const words = `${asked[kind]}${name.slice(controlValues[kind].length)}`;
    return [{ asked: words, ...(error === undefined ? {} : { failure: error.message }) }];
  });
}
