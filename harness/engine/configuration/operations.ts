import { createRequire } from 'node:module';
import { NotReadable, type Operation, parseYaml, readInputFile } from '../../model/index.ts';
import { describeOperations, type OperationsDocument } from '../../model/openapi/operations.ts';
import { ConfigurationError } from './configuration-error.ts';
import { wrongSchema } from './wrong-schema.ts';

const require = createRequire(import.meta.url);

/**
 * The OpenAPI document that comes with the suite. Resolved by the package name, because compiled files are in a deeper
 * folder.
 */
export const bundledDocument =
  require('mufi-auth-conformance/schemas/generated/mufi.schemas.json') as OperationsDocument;

const longest = 8 * 1024 * 1024;

/** The bundled document, or the stricter one in a file (YAML or JSON). Throws ConfigurationError. */
export function loadDocument(path: string | undefined): OperationsDocument {
  if (path === undefined) return bundledDocument;
  let text: string;
  try {
    text = readInputFile(path, longest).toString('utf8');
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    const why = error.code === 'ENOENT' ? '' : ` (${error.why})`;
    throw new ConfigurationError(`The OpenAPI file ${path} cannot be read${why}; check --openapi.`);
  }
  const known = read.get(text);
  if (known !== undefined) return known;
  try {
    const document = describeOperations(parseYaml(text), bundledDocument);
    const wrong = wrongSchema(document);
    if (wrong !== undefined) throw new Error(wrong);
    read.set(text, document);
    return document;
  } catch (error) {
    // The parser quotes the lines around an error after its first line; they may contain secrets.
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ConfigurationError(`The OpenAPI file ${path} cannot be used: ${why.replace(/[.:]?$/, '.')}`);
  }
}

/** Parsed documents by their text: a run asks for its own several times. */
const read = new Map<string, OperationsDocument>();

/** The operations of a document in the suite's vocabulary. */
export function operationsOf(document: OperationsDocument): Operation[] {
  return document.operations.map((operation) => ({
    id: operation.id,
    method: operation.method,
    path: operation.path,
    permission: operation.permission,
    source: operation.source,
    success: operation.success,
    statuses: operation.statuses,
    takesBody: operation.request !== null,
    pathExamples: Object.fromEntries(
      operation.parameters.flatMap(({ in: where, name, example }) =>
        where === 'path' && example !== undefined ? [[name, example]] : [],
      ),
    ),
  }));
}
