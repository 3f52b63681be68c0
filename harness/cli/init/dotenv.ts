import { describedVariables } from '../../engine/configuration/variables.ts';

/** A run needs these. */
const required = ['MUFI_BASE_URL', 'MUFI_WRITE_KEY', 'MUFI_READ_KEY'];
/** Another name for one of them, and the key that no run may see. */
const leftOut = ['MUFI_API_KEY', 'MUFI_CERTIFICATE_KEY'];

/** A `.env` file with every variable, its meaning and its default; nothing is set. */
export function dotenvTemplate(): string {
  const variables = describedVariables().filter(({ name }) => !leftOut.includes(name));
  const linesOf = (isRequired: boolean): string[] =>
    variables
      .filter(({ name }) => required.includes(name) === isRequired)
      .flatMap(({ name, description, unset }) => [
        `# ${plain(description)}${unset === '' || isRequired ? '' : ` (default: ${plain(unset)})`}`,
        `${name}=`,
        '',
      ]);
  return [
    '# Configuration of mufi-conformance. It holds keys: never commit it. The environment wins over this file.',
    '# A variable without a value counts as unset, except MUFI_BASE_URL, which is then an error.',
    '',
    ...linesOf(true),
    '# Everything below is optional; `mufi-conformance plan` says what each of them unlocks.',
    '',
    ...linesOf(false),
  ].join('\n');
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}
