import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Child, type ChildResult, ended, repository, start } from './cli.ts';
import { textOf } from './imports.ts';

export const actionFolder = '.github/actions/conformance';

export type Inputs = Readonly<Record<string, string>>;

/** The variable with an input for the step of an action. */
export function variableOf(input: string): string {
  return `INPUT_${input.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Runs the step of our action in a folder as the runner would: with the defaults of its inputs, a file for its outputs
 * and one for the summary. `suite`: the checkout that contains the action. `meanwhile` gets the one process that the
 * runner would signal.
 */
export async function runAction(
  folder: string,
  given: Inputs,
  environment: Inputs = {},
  suite = repository,
  meanwhile?: (child: Child) => Promise<void>,
): Promise<ChildResult & { readonly outputs: Inputs }> {
  const { inputs, runs } = parse(textOf(`${actionFolder}/action.yml`));
  const file = join(folder, 'github-output');
  await writeFile(file, '');
  const values = Object.entries<{ default?: string }>(inputs).map(([name, input]) => [
    variableOf(name),
    given[name] ?? input.default ?? '',
  ]);
  const script = join(folder, 'step.sh');
  await writeFile(script, runs.steps[0].run);
  const child = start('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    environment: {
      ...environment,
      ...Object.fromEntries(values),
      ACTION_PATH: join(suite, actionFolder),
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: file,
      GITHUB_STEP_SUMMARY: join(folder, 'step-summary.md'),
    },
    cwd: folder,
  });
  const end = ended(child);
  await meanwhile?.(child);
  const how = await end;
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  return { ...how, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}
