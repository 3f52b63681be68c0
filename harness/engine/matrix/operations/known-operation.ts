import type { components } from '../../../../schemas/generated/mufi.types.ts';
import type {
  FixtureSet,
  FixtureThing,
  JsonValue,
  OtherProjectVariant,
  RequestVariant,
} from '../../../model/index.ts';
import type { Lookup } from './lookup.ts';
import type { Paging } from './paging.ts';

/** The bodies of the OpenAPI document. */
export type Schemas = components['schemas'];

/** Creates a body. `marker` is a text that a later look-up searches for. */
export type MakeBody = (set: FixtureSet, marker: string) => unknown;
type MakePath = (set: FixtureSet) => Readonly<Record<string, string>>;

/** The request bodies of an operation, by how they name the same object. */
export interface Bodies {
  readonly valid: MakeBody;
  readonly 'by-id'?: MakeBody;
  readonly 'by-reference'?: MakeBody;
  readonly 'by-email'?: MakeBody;
  /** By id, and by e-mail address or, where there is none, by reference id. */
  readonly 'by-two-names'?: MakeBody;
  readonly 'by-id-and-reference'?: MakeBody;
  /** With every documented member, except other ways to name the same object. */
  readonly 'every-member'?: MakeBody;
  /** With this many entries, if an operation takes a list; the last one: the documented maximum. */
  readonly 'two-items'?: MakeBody;
  readonly 'two-emails'?: MakeBody;
  readonly 'user-and-email'?: MakeBody;
  readonly 'hundred-items'?: MakeBody;
  readonly 'most-items'?: MakeBody;
  /** Breaks the schema. */
  readonly invalid: JsonValue;
}

/** A path that any key may read with GET; that of a read; one that has no other path below it. */
export type PathRole = 'readable with any key' | 'of a read' | 'nothing below';

/** What the suite knows of one operation, except what the OpenAPI document says: permission, statuses, schemas. */
export interface KnownOperation {
  /** Method and path template as in the document, for example "POST /v1/events/create". */
  readonly id: string;
  /** Objects that must exist for the request to succeed. */
  readonly needs?: readonly FixtureThing[];
  /** The object with the id in the request: it is read, changed, or used up. */
  readonly about?: FixtureThing;
  /** Values for the parameters of the path. */
  readonly path?: MakePath;
  readonly pathByReference?: MakePath;
  readonly query?: Readonly<Record<string, string>>;
  readonly bodies?: Bodies;
  /** What an `every-member` body omits: other names of the same object, or what no test data may be. */
  readonly leavesOut?: readonly string[];
  /** Objects of another project that its request can name together with own ones. */
  readonly crossProject?: readonly OtherProjectVariant[];
  /** Creates an object each time, or uses one up: its repeatable request is the invalid one. */
  readonly grows?: true;
  /** Answers 409 if the object already exists. */
  readonly conflicts?: true;
  /** Represents all operations of its permission if one is enough. */
  readonly stands?: true;
  /** Any key of a project may use it, and it needs nothing else: it shows that a key works. */
  readonly showsAccess?: true;
  /** What its path is an example of, for requests that must name some path. */
  readonly pathServesAs?: PathRole;
  /** How its list is read page by page. */
  readonly paging?: Paging;
  /** How the owner finds out if its write happened. */
  readonly lookup?: Lookup;
  /** The same for variants that need another look. */
  readonly lookups?: Readonly<Partial<Record<RequestVariant, Lookup>>>;
  /** For a read of one thing: what another method on its path could write, and how the owner finds that. */
  readonly rewritten?: { readonly body: MakeBody; readonly lookup: Lookup };
  /** Finds an object of the fixture by its fixed name. */
  readonly finds?: FixtureThing;
  /** Creates an object of the fixture: bodies to try, in order. */
  readonly makes?: { readonly thing: FixtureThing; bodies(set: FixtureSet): readonly JsonValue[] };
  /** Writes a note into an object of the fixture, for later runs. */
  readonly notes?: { readonly thing: FixtureThing; body(set: FixtureSet, note: string): JsonValue };
  /** The body for real work with a write key that does not grow the target, and what it needs. */
  readonly work?: { readonly needs?: readonly FixtureThing[]; body(set: FixtureSet): JsonValue };
  /** Real work that is undone at once: an object changes its owner and goes back. */
  readonly moves?: {
    readonly thing: FixtureThing;
    forth(set: FixtureSet): JsonValue;
    back(set: FixtureSet): JsonValue;
  };
}

/** Whether an operation has its own request for a variant. */
export function offers(
  { bodies, pathByReference, crossProject = [] }: KnownOperation,
  variant: RequestVariant,
): boolean {
  const named: readonly string[] = [...Object.keys(bodies ?? {}), ...crossProject];
  return named.includes(variant) || (variant === 'by-reference' && pathByReference !== undefined);
}
