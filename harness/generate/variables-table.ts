import { markersOf } from './readme-block.ts';

/** The name of the block in the README. */
export const variablesMark = 'variables';

/** The variables of the configuration as the table of README.md, including its marks. */
export function variablesBlock(
  variables: readonly { readonly name: string; readonly description: string; readonly unset: string }[],
): string {
  const [opening, closing] = markersOf(variablesMark);
  return [
    opening,
    '| variable | meaning | default |',
    '| --- | --- | --- |',
    ...variables.map(({ name, description, unset }) => `| \`${name}\` | ${description} | ${unset} |`),
    closing,
  ].join('\n');
}
