import { catalogue } from '../../specs/requirements/index.ts';
import { isSelected } from '../engine/matrix/selection.ts';
import { exitCodes } from '../model/index.ts';
import { inLog, plainJson } from '../report/render/text.ts';
import { checkPattern } from './pattern.ts';

/** Prints the catalogue: requirements with their sentences, scenarios with their titles. */
export async function listCommand(options: {
  readonly json?: boolean;
  readonly grep?: string;
}): Promise<number> {
  checkPattern(options.grep);
  const chosen = catalogue.map((family) => ({
    ...family,
    requirements: family.requirements
      .map((requirement) => ({
        ...requirement,
        scenarios: requirement.scenarios.filter((scenario) =>
          isSelected(options.grep, { id: `${requirement.id}/${scenario.id}`, scenario }),
        ),
      }))
      .filter(({ scenarios }) => scenarios.length > 0),
  }));
  if (options.json === true) {
    process.stdout.write(`${plainJson(JSON.stringify(chosen, null, 2))}\n`);
    return exitCodes.done;
  }
  const lines = chosen.flatMap((family) =>
    family.requirements.length === 0
      ? []
      : [
          `\n${family.title}`,
          ...family.requirements.flatMap((requirement) => [
            `  ${requirement.level.padEnd(6)} ${requirement.id}: ${requirement.sentence}`,
            ...requirement.scenarios.map(({ id, title }) => `           ${id}: ${title}`),
          ]),
        ],
  );
  process.stdout.write(inLog(`${lines.join('\n').trimStart()}\n`));
  return exitCodes.done;
}
