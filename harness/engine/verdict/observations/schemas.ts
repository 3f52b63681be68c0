import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { boundedPattern, TooSlow } from '../../../model/index.ts';
import { type OperationsDocument, responseSchema } from '../../../model/openapi/operations.ts';
import { SuiteFault } from '../judgement.ts';

/** Says what is wrong with the body of an answer, or undefined; never quotes a value. */
export type BodyValidator = (operation: string, status: number, body: string) => string | undefined;

const validators = new WeakMap<OperationsDocument, BodyValidator>();

/** The validator for the response schemas of a document; there is one for each document. */
export function bodyValidator(document: OperationsDocument): BodyValidator {
  const validator = validators.get(document) ?? createBodyValidator(document);
  validators.set(document, validator);
  return validator;
}

/** Each schema is compiled when it is first needed; it was checked when the document was read. */
function createBodyValidator(document: OperationsDocument): BodyValidator {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    validateSchema: false,
    // The target chooses the texts that the patterns of a user's document are matched with.
    code: { regExp: boundedRegExp },
  });
  formats.default(ajv);
  ajv.addSchema(document.components);
  const found = new Map<string, ValidateFunction | undefined>();
  /** By the text of the schema: most answers of most operations have the same schema. */
  const compiled = new Map<string, ValidateFunction>();

  const validatorFor = (operation: string, status: number): ValidateFunction | undefined => {
    const name = `${operation} ${status}`;
    if (found.has(name)) return found.get(name);
    const description = document.operations.find(({ id }) => id === operation);
    const schema = description === undefined ? undefined : responseSchema(description, status);
    const validate = schema === undefined || schema === null ? undefined : compile(schema);
    found.set(name, validate);
    return validate;
  };

  const compile = (schema: object | boolean): ValidateFunction => {
    const text = JSON.stringify(schema);
    const validate = compiled.get(text) ?? ajv.compile(schema);
    compiled.set(text, validate);
    return validate;
  };

  return (operation, status, body) => {
    const validate = validatorFor(operation, status);
    if (validate === undefined) return undefined;
    if (body === '') return 'is empty, but a JSON document is documented';
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return 'is not JSON';
    }
    if (isValid(validate, value)) return undefined;
    const error = validate.errors?.[0];
    const where = error?.instancePath ? `at ${error.instancePath}` : 'at the top level';
    return `breaks the documented schema ${where}: ${error?.message ?? 'it is not valid'}`;
  };
}

/** The longest time for one pattern on one text of an answer. */
const patternMs = 1000;

/** The code that ajv would write to a separate file, which is never used here. */
const boundedRegExp = Object.assign(
  (pattern: string, flags: string) => boundedPattern(new RegExp(pattern, flags), patternMs),
  { code: 'new RegExp' },
);

function isValid(validate: ValidateFunction, value: unknown): boolean {
  try {
    return validate(value);
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
    throw new SuiteFault(
      'a pattern in the document of --openapi takes too long on an answer; write it without nested repeats',
    );
  }
}
