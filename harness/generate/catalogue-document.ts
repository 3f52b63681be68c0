import type { Family, Requirement } from '../model/index.ts';

/** The catalogue for people: Markdown with every requirement, its source and its scenarios. */
export function catalogueDocument(catalogue: readonly Family[]): string {
  const requirements = catalogue.flatMap((family) => family.requirements);
  const scenarios = requirements.flatMap((requirement) => requirement.scenarios);
  return [
    '# The contract',
    '',
    'Generated from `specs/requirements` by `npm run generate`; edit the data, not this page.',
    '',
    'Mufi states that every request carries `Authorization: Bearer <API key>`; that a key is a signed JWT which',
    'names a project and a permission level; that a read key on a write operation gets 403; that keys do not expire',
    'by themselves; and that a regenerated key is invalid at once. A **MUST** is stated by Mufi, or keeps such a',
    'statement from being empty. A **SHOULD** comes from an RFC or from good practice.',
    '',
    `${requirements.length} requirements, ${scenarios.length} scenarios.`,
    '',
    ...catalogue.flatMap(familyLines),
  ].join('\n');
}

function familyLines(family: Family): string[] {
  return [`## ${family.id}: ${family.title}`, '', ...family.requirements.flatMap(requirementLines)];
}

function requirementLines(requirement: Requirement): string[] {
  const { document, section, link } = requirement.source;
  const needs = requirement.needs === undefined ? '' : `, needs ${requirement.needs.join(', ')}`;
  return [
    `### ${requirement.id}`,
    '',
    `**${requirement.level}** (${requirement.profile}${needs}): ${requirement.sentence}`,
    `Source: [${document}, ${section}](${link}). Fix: ${requirement.advice}`,
    '',
    ...requirement.scenarios.map(({ id, title }) => `- \`${id}\`: ${escapeMarkdown(title)}`),
    '',
  ];
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>]/g, '\\$&');
}
