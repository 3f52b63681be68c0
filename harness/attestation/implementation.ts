import { parseYaml } from '../model/index.ts';
import { Unusable } from './errors.ts';
import { type Implementation, implementationSchema } from './payload.ts';

/**
 * Reads the file that names the certified implementation, YAML or JSON. `embedded`: the target is the reference server
 * that the suite starts itself; nobody may present it as their own implementation. Throws Unusable.
 */
export function readImplementation(text: string, file: string, embedded: boolean): Implementation {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch {
    throw new Unusable(`The file ${file} of --implementation is neither YAML nor JSON.`);
  }
  const parsed = implementationSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    const what = where === '' ? (issue?.message ?? '') : `${where}: ${issue?.message}`;
    throw new Unusable(
      `The file ${file} of --implementation needs name, version and contact, and may have url and without; ${what}.`,
    );
  }
  if (embedded && parsed.data.embedded !== true) {
    throw new Unusable(
      `MUFI_BASE_URL is not set, so the certificate would be for the embedded reference server and not for ${parsed.data.name}; set MUFI_BASE_URL, or write "embedded: true" in ${file}.`,
    );
  }
  if (!embedded && parsed.data.embedded === true) {
    throw new Unusable(
      `The file ${file} says "embedded: true", but MUFI_BASE_URL names another target; remove that line.`,
    );
  }
  return parsed.data;
}
