import { type RunOptions, runOptionsSchema, type Selection } from '../../model/index.ts';

const variable = 'CONFORMANCE_OPTIONS';

/** Reads the options that the command line put into the environment; defaults if there are none. */
export function readOptions(environment: NodeJS.ProcessEnv): RunOptions & Selection {
  const parsed = runOptionsSchema.parse(JSON.parse(environment[variable] ?? '{}'));
  return { ...parsed, selection: parsed.selection };
}

/** The environment entry that passes options on to the test runner; unknown members are ignored there. */
export function writeOptions(options: Partial<RunOptions & Selection>): Record<string, string> {
  return { [variable]: JSON.stringify(options) };
}
