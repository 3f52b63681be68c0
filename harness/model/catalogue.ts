/** The catalogue: families, requirements and scenarios as data. */

import type { Forgery, Presentation } from './credential.ts';
import type { BadCredential, Capability, HttpVersion, KeyRole, Level, Profile } from './terms.ts';

/** The group of operations that a scenario is sent to; `matrix/selectors.ts` says which are in it. */
export type OperationSelector =
  | 'every operation'
  | 'every read operation'
  | 'every write operation'
  | 'every operation with a body'
  | 'every operation with an id'
  | 'every operation that needs something'
  | 'every read operation that needs something'
  | 'every write operation that needs something'
  | 'every write operation that needs something but an item'
  | 'every write operation that offers the request'
  | 'every GET operation'
  | 'every list'
  | 'every repeatable write'
  | 'every repeatable write about an event'
  | 'every traceable write'
  | 'every write that is traceable by its text'
  | 'every write that is traceable across projects'
  | 'operations that show access'
  | 'one read and one write operation'
  | 'one read operation'
  /** The first of those that have the method and the permission in common. */
  | 'one operation of each kind'
  | 'one write operation of each method'
  | 'every read operation of one thing'
  | 'every operation that is claimed absent';

/**
 * Which request is built for an operation. `valid`: would succeed with the right key; `two-items`, `hundred-items` and
 * `most-items`: as many as the documentation allows. `by-id`, `by-reference` and
 * `by-email`: the same, naming things in that way where the operation offers it; `every-member`: the same with all
 * that the documentation lets a client leave out. `repeatable`: proves that
 * a key is let through and leaves nothing growing behind. `invalid`: the body breaks the schema.
 * `unknown-id`: well-formed, names nothing that exists. `foreign-...`: own things, and one of another project. `traced-...`: a set of its own, which the owner looks at
 * before and after.
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
  | ForeignVariant;

/** The key's own things, and among them one of another project. */
export type ForeignVariant =
  /** Own things only; what is foreign is named beside them. */
  | 'foreign-beside-by-id'
  | 'foreign-by-reference'
  | 'foreign-event'
  | 'foreign-user'
  | 'foreign-user-by-email'
  | 'foreign-user-by-reference'
  | 'foreign-recipient'
  | 'foreign-recipient-by-email'
  | 'foreign-product';

/** Another way to write the path of an operation. */
export type PathSpelling =
  | 'double-slash'
  | 'dot-segment'
  | 'encoded-dot-segment'
  | 'trailing-slash'
  | 'upper-case'
  | 'encoded-letter'
  | 'encoded-slash'
  | 'path-parameter'
  | 'suffix'
  | 'zero-byte';

/** What a regular expression finds in the path is written otherwise, each time; `as`: percent-encoded or in capitals. */
export type Respelling =
  | { readonly replace: string; readonly by: string }
  | { readonly replace: string; readonly as: 'encoded' | 'encoded twice' | 'upper case' };

/** What has to come back. The judging of each word is in `verdict/expectations.ts`. */
export type Expectation =
  | 'unauthorized'
  | 'unauthorized, 400 tolerated'
  | 'unauthorized, leniency tolerated'
  | 'unauthorized, or too large'
  | 'unauthorized, or no such path'
  | 'forbidden'
  | 'forbidden, order of checks tolerated'
  | 'accepted'
  | 'accepted, 401 undecided'
  | 'not found'
  | 'nothing foreign'
  | 'shows nothing of the project'
  | 'refused as malformed'
  | 'not let in'
  /** As much may be answered by what stands in front of a server: only what shows that the request was carried out fails. */
  | 'no way in'
  | 'no redirect'
  | 'key not repeated'
  | 'no such operation'
  | 'no server error'
  | 'observed';

/** Keys made through key control before the cells of a scenario run. */
export type Preparation =
  | 'fresh write key'
  | 'fresh read key'
  | 'regenerated write key'
  | 'regenerated read key'
  | 'used and regenerated write key'
  | 'used and revoked write key'
  | 'revoked write key'
  | 'revoked read key'
  | 'twice regenerated write key'
  | 'regenerated and revoked write key'
  | 'revoked successor of a write key'
  | 'revoked write key and a later one'
  | 'warmed and regenerated write key'
  | 'warmed and revoked write key'
  | 'sibling of a regenerated key'
  | 'sibling of a revoked key'
  | 'key before its expiry'
  | 'key past half of its life'
  | 'key after its expiry'
  | 'key after ten years';

/**
 * What is sent right before the request of a cell. `the owner`: the same request with the write key; `its successor`:
 * the same request with the key that took the place of the prepared one; `a read`, `a refused write`: a request with
 * the key of the cell to a neighbouring operation.
 */
export type Preceding = 'the owner' | 'its successor' | 'a read' | 'a refused write';

/** A scenario of several steps that data alone cannot say; see `pipeline/procedures`. */
export type Procedure =
  | 'real work'
  | 'supplied keys carry no expiry'
  | 'keys name project and permission'
  | 'keys are signed with no leaked secret'
  | 'regeneration keeps identity'
  | 'refused writes leave no trace'
  | 'bad keys are answered alike'
  | 'what is claimed absent looks unknown'
  | 'foreign things look unknown'
  | 'lists hold nothing foreign'
  | 'lists belong to who asks'
  | 'things stay in their project'
  | 'the owner is served right after a refusal'
  | 'two lines are answered consistently'
  | 'the key goes before on the connection'
  | 'keys take turns on one connection'
  | 'aborted requests leave nothing behind'
  | 'streams of one connection in turn'
  | 'streams of one connection at once'
  | 'the body comes late'
  | 'an oversized header is harmless'
  | 'a cookie lets nobody in'
  | 'a cookie outlives no key'
  | 'creating a key leaves others alone'
  | 'a key survives guesses'
  | 'a costly key is answered in time'
  | 'two regenerations leave one living key'
  | 'regeneration is linearizable'
  | 'dead keys stay dead'
  | 'many keys work at a time'
  | 'the certificate verifies'
  | 'the handshake is refused'
  | 'plain HTTP does not look at keys'
  | 'plain HTTP lets nobody in'
  | 'plain HTTP leaves no trace'
  | 'plain HTTP does not repeat the key'
  | 'plain HTTP redirects to HTTPS'
  | 'HSTS is in force'
  | 'HSTS is not sent in the clear';

/** What a client offers in a TLS handshake. */
export type Handshake = 'RSA certificates' | 'TLS 1.0' | 'TLS 1.1' | 'no authentication' | 'no encryption';

/** What is looked for in every exchange of the run; see `verdict/observations`. */
export type Observation =
  | 'documented status'
  | 'body matches schema'
  | 'json content type'
  | 'challenge present'
  | 'challenge parses'
  | 'challenge error code'
  | 'no redirect'
  | 'no server error'
  | 'key not echoed'
  | 'no other key shown'
  | 'no stack trace'
  | 'no library named'
  | 'no key material'
  | 'not publicly cacheable'
  | 'no open cors'
  | 'no way to plain HTTP';

/** One way to try a requirement. */
export interface Scenario {
  readonly id: string;
  /** A fact in the present tense about what is sent or done. */
  readonly title: string;
  readonly key?: KeyRole | 'none';
  readonly forge?: Forgery;
  readonly present?: Presentation;
  readonly to: OperationSelector;
  readonly request?: RequestVariant;
  /** Replaces method or path of the operation; the answer is then not held against the document. */
  readonly method?: string;
  readonly path?: string;
  /** Spells the path in another way; sent through a raw socket, because HTTP clients tidy paths up. */
  readonly spelling?: PathSpelling | Respelling;
  readonly prepare?: Preparation;
  /** Sends something else right before each request: what a target remembers of that must not answer the request. */
  readonly after?: Preceding;
  readonly procedure?: Procedure;
  /** The version of HTTP that carries its requests; default: HTTP/1.1. */
  readonly over?: HttpVersion;
  /** Runs alone and after all others, because it looks at what they left behind, or would disturb them. */
  readonly runs?: 'last';
  /** With procedures about TLS: what is offered. */
  readonly handshake?: Handshake;
  /** With procedures about plain HTTP: sends it to the port for HTTPS. */
  readonly toHttpsPort?: boolean;
  /** Sends each cell to the base URL and to every further one of the same target, and judges each answer. */
  readonly on?: 'every replica';
  /** Goes to all of its operations at depth quick as well: a single one that is open is worth the requests. */
  readonly atEveryDepth?: true;
  /** The scenario that proves access itself, so it is judged where the unmodified write key is refused too. */
  readonly provesAccess?: boolean;
  readonly expect: Expectation;
  /** On top of what the requirement needs. */
  readonly needs?: readonly Capability[];
  /** Faults of the reference server that this scenario catches. */
  readonly catches: readonly string[];
}

/** Where a requirement comes from. */
export interface Source {
  readonly document: string;
  readonly section: string;
  readonly link: string;
}

/** One sentence of the contract; owns its scenarios. */
export interface Requirement {
  /** Family and name, for example `token/signature-verified`. */
  readonly id: string;
  readonly level: Level;
  readonly profile: Profile;
  readonly sentence: string;
  readonly source: Source;
  readonly needs?: readonly Capability[];
  /** How a server author fixes a deviation. */
  readonly advice: string;
  /**
   * Findings that the advice is right for as well. Without it the advice is about keys that are accepted or denied
   * access; for a refusal with the wrong status, a redirect and a server error the report has an advice of its own.
   */
  readonly adviceFits?: readonly ('wrong-status' | 'redirect' | 'server-error')[];
  /**
   * Ids of requirements whose failure on the same operations is the likelier reason of a failure of this one. It is then
   * shown after them, as a consequence, and its verdict stays what it is. Without a cycle. `presentation/key-required`
   * explains every key that is let in and needs no mention for that.
   */
  readonly explainedBy?: readonly string[];
  /** Set for requirements that are judged over every exchange of the run. */
  readonly observe?: Observation;
  /** A credential that fails this requirement wherever in the run it is accepted. */
  readonly guards?: BadCredential;
  readonly scenarios: readonly Scenario[];
}

/** A family is a file of the catalogue. */
export interface Family {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
