import type { FixtureSet, FixtureThing, JsonValue, Operation, RequestVariant } from '../../model/index.ts';
import { known } from './operations/index.ts';
import type { Bodies } from './operations/known-operation.ts';

/** All parts of a request except the credential. */
export interface RequestParts {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** JSON value, or undefined for none. */
  readonly body: JsonValue | undefined;
  /**
   * True if a server that accepts the key answers with success; false if it rejects the content, so that nothing is
   * left behind.
   */
  readonly succeeds: boolean;
}

/** True if a successful request creates an object or uses one up. */
export function growsByIt(operation: Operation): boolean {
  return known(operation)?.grows === true;
}

/** The object that an operation reads, changes or uses up. */
export function thingOf(operation: Operation): FixtureThing | undefined {
  return known(operation)?.about;
}

/** True for operations that name an object by an id from the target. */
export function namesAnId(operation: Operation): boolean {
  return known(operation)?.about !== undefined || operation.path.includes('{');
}

/** Fills in the parameters of a path; `otherwise` is the value of those without one. */
export function fillPath(
  template: string,
  values: Readonly<Record<string, string>>,
  otherwise: string,
): string {
  return template.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) =>
    encodeURIComponent(values[name] ?? otherwise),
  );
}

/** Builds the request of a variant; operations of another document get placeholders and an empty object. */
export function buildRequest(
  operation: Operation,
  variant: RequestVariant,
  set: FixtureSet,
  marker: string,
): RequestParts {
  const knowledge = known(operation);
  const bodies: Bodies = knowledge?.bodies ?? {
    valid: () => (knowledge === undefined ? {} : undefined),
    invalid: {},
  };
  const useInvalid = variant === 'invalid' || (variant === 'repeatable' && growsByIt(operation));
  const makePath =
    (bodyNames[variant] === 'by-reference' ? knowledge?.pathByReference : undefined) ?? knowledge?.path;
  const body = operation.takesBody
    ? useInvalid
      ? bodies.invalid
      : ((bodies[bodyNames[variant]] ?? bodies.valid)(set, marker) as JsonValue | undefined)
    : undefined;
  return {
    path: fillPath(operation.path, makePath?.(set) ?? examplesFor(operation), set.eventId),
    query: Object.entries(knowledge?.query ?? {}),
    body,
    succeeds: !useInvalid && knowledge !== undefined && unknownThings(operation, set).length === 0,
  };
}

/** An operation that writes must not change what an example names. */
function examplesFor({ permission, pathExamples }: Operation): Readonly<Record<string, string>> {
  return permission === 'read' ? pathExamples : {};
}

/** The body that a variant uses; an operation without a special one uses the valid one. */
const bodyNames: Readonly<Record<RequestVariant, Exclude<keyof Bodies, 'invalid'>>> = {
  valid: 'valid',
  'by-id': 'by-id',
  'by-reference': 'by-reference',
  'by-email': 'by-email',
  'every-member': 'every-member',
  'two-items': 'two-items',
  'hundred-items': 'hundred-items',
  'most-items': 'most-items',
  repeatable: 'valid',
  invalid: 'valid',
  'unknown-id': 'valid',
  'traced-read': 'valid',
  'traced-forged': 'valid',
  'traced-nobody': 'valid',
  'traced-foreign': 'valid',
  'by-id-in-capitals': 'by-id',
  'by-id-without-hyphens': 'by-id',
  // Where an e-mail address can name a user, the valid body has it.
  'by-email-in-capitals': 'valid',
  'by-reference-with-quotes': 'by-reference',
  'foreign-beside': 'valid',
  'foreign-beside-by-id': 'by-id',
  'foreign-by-reference': 'by-reference',
  'foreign-event': 'valid',
  'foreign-user': 'valid',
  'foreign-user-by-email': 'by-email',
  'foreign-user-by-reference': 'by-reference',
  'foreign-recipient': 'valid',
  'foreign-recipient-by-email': 'by-email',
  'foreign-product': 'valid',
  'foreign-product-beside': 'valid',
  'foreign-item': 'valid',
  'foreign-item-and-sender': 'valid',
  'foreign-email-beside-id': 'by-two-names',
  'foreign-reference-beside-id': 'by-id-and-reference',
  'foreign-id-beside-email': 'by-two-names',
  'foreign-recipient-email-beside-id': 'by-two-names',
  'foreign-recipient-id-beside-email': 'by-two-names',
  'traced-name-beside-id': 'by-two-names',
  'traced-id-beside-name': 'by-two-names',
  'foreign-among-users': 'two-items',
  'foreign-among-emails': 'two-emails',
  'foreign-email-after-users': 'user-and-email',
};

/** Objects that the requests of an operation name, and that the suite could not create or find. */
export function unknownThings(operation: Operation, set: FixtureSet): readonly FixtureThing[] {
  return (known(operation)?.needs ?? []).filter((thing) => !set.known.includes(thing));
}

/** True if the requests of an operation name objects, and all of them were created or found. */
export function namesKnownThings(operation: Operation, set: FixtureSet): boolean {
  const things = known(operation)?.needs ?? [];
  return things.length > 0 && things.every((thing) => set.known.includes(thing));
}
