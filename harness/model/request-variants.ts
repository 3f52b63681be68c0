/** Which request a scenario sends to an operation. */

/**
 * Which request is built for an operation. `valid`: succeeds with the right key. `two-items`, `hundred-items` and
 * `most-items`: this many items; `most-items` is as many as the document allows. `by-id`, `by-reference` and
 * `by-email`: names objects this way, if the operation offers it. `every-member`: includes all optional members.
 * `repeatable`: shows that a key is accepted, and does not create more and more objects. `invalid`: the body breaks the
 * schema. `unknown-id`: well-formed, but names nothing that exists. `foreign-...`: objects of the own project and one
 * of another. `traced-...`: uses a separate fixture set, which the owner reads before and after.
 */
export type RequestVariant =
  | 'valid'
  | 'by-id'
  | 'by-reference'
  | 'by-email'
  | 'every-member'
  | 'two-items'
  | 'hundred-items'
  | 'most-items'
  | 'repeatable'
  | 'invalid'
  | 'unknown-id'
  | 'traced-read'
  | 'traced-forged'
  | 'traced-nobody'
  | 'traced-foreign'
  | RespelledVariant
  | OtherProjectVariant;

export const respelledVariants = [
  'by-id-in-capitals',
  'by-id-without-hyphens',
  'by-email-in-capitals',
  /** A reference id that breaks out of a text in SQL. */
  'by-reference-with-quotes',
] as const;
/** The names of objects in another spelling. */
export type RespelledVariant = (typeof respelledVariants)[number];

export const otherProjectVariants = [
  /** Those with `beside`: objects of the own project only; the object of another project is named next to them. */
  'foreign-beside',
  'foreign-beside-by-id',
  'foreign-by-reference',
  'foreign-event',
  'foreign-user',
  'foreign-user-by-email',
  'foreign-user-by-reference',
  'foreign-recipient',
  'foreign-recipient-by-email',
  'foreign-product',
  'foreign-product-beside',
  'foreign-item',
  'foreign-item-and-sender',
  /** An own thing by one name, and one of another project by another name. */
  'foreign-email-beside-id',
  'foreign-reference-beside-id',
  'foreign-id-beside-email',
  'foreign-recipient-email-beside-id',
  'foreign-recipient-id-beside-email',
  /** The owner looks for what they change. */
  'traced-name-beside-id',
  'traced-id-beside-name',
  /** Lists with an own user first, and one of another project. */
  'foreign-among-users',
  'foreign-among-emails',
  'foreign-email-after-users',
] as const;
/** Objects of the key's own project, and one of another project. */
export type OtherProjectVariant = (typeof otherProjectVariants)[number];
