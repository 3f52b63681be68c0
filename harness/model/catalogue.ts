/** The catalogue: families, requirements and scenarios as data. */

import type { Forgery, Presentation } from './credential.ts';
import type { RequestVariant } from './request-variants.ts';
import type { BadCredential, Capability, HttpVersion, KeyRole, Level, Profile } from './terms.ts';

/** The group of operations that a scenario is sent to; `matrix/selectors.ts` says which are in it. */
export type OperationSelector =
  | 'every operation'
  | 'every read operation'
  | 'every write operation'
  | 'every operation with a body'
  | 'every operation with an id'
  | 'every write operation with an id in its path'
  | 'every operation that needs something'
  | 'every read operation that needs something'
  | 'every write operation that needs something'
  | 'every write operation that needs something but an item'
  | 'every write operation that offers the request'
  | 'every GET operation'
  | 'every list'
  | 'every repeatable write'
  | 'every repeatable write about an event'
  | 'every read operation about a user'
  | 'every traceable write'
  | 'every write that is traceable by its text'
  | 'every write that is traceable across projects'
  | 'operations that show access'
  | 'one read and one write operation'
  | 'one read operation'
  /** The first operation for each combination of method and permission. */
  | 'one operation of each kind'
  | 'one write operation of each method'
  | 'every read operation of one thing'
  | 'every operation that is claimed absent';

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

/** Rewrites every match of a regular expression in the path; `as`: percent-encoded or in capitals. */
export type Respelling =
  | { readonly replace: string; readonly by: string }
  | { readonly replace: string; readonly as: 'encoded' | 'encoded twice' | 'upper case' };

/** The expected answer. `verdict/expectations.ts` decides each of these. */
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
  | 'nothing of another project'
  /** An answer may repeat what a request names. */
  | 'nothing unnamed of another project'
  | 'shows nothing of the project'
  | 'refused as malformed'
  | 'not let in'
  /**
   * Something in front of the server may answer almost anything: only a sign that the request was carried out fails.
   */
  | 'no way in'
  | 'no redirect'
  | 'key not repeated'
  | 'no such operation'
  | 'no server error'
  | 'observed';

/** Keys that key control creates before the cells of a scenario run. */
export type Preparation =
  | 'fresh write key'
  | 'fresh read key'
  | 'regenerated write key'
  | 'regenerated read key'
  | 'used and regenerated write key'
  | 'used and regenerated read key'
  | 'used and revoked write key'
  | 'used and regenerated write key, when it is rejected'
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
 * What is sent right before the request of a cell. `the owner`: the same request with the write key. `its successor`:
 * the same request with the key that replaced the prepared one. `a read`, `a refused write`: a request with the key of
 * the cell to a neighbouring operation.
 */
export type PrecedingRequest = 'the owner' | 'its successor' | 'a read' | 'a refused write';

/** A scenario of several steps, which data alone cannot describe; see `engine/procedures`. */
export type Procedure =
  | 'real work'
  | 'supplied keys carry no expiry'
  | 'keys name project and permission'
  | 'keys are signed with no leaked secret'
  | 'the JWKS document has no secret'
  | 'regeneration keeps identity'
  | 'refused writes leave no trace'
  | 'bad keys are answered alike'
  | 'what is claimed absent looks unknown'
  | 'two names leave no trace'
  | 'existence oracle'
  | 'lists hold only own objects'
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
  | 'two regenerations leave one active key'
  | 'regeneration is linearizable'
  | 'an old key is used at the answer'
  | 'a revoked key is used at the answer'
  | 'revoked keys stay revoked'
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

/** What the suite checks in every exchange of the run; see `verdict/observations`. */
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

/** One way to test a requirement. */
export interface Scenario {
  readonly id: string;
  /** A fact in the present tense: what is sent or done. */
  readonly title: string;
  readonly key?: KeyRole | 'none';
  readonly forge?: Forgery;
  readonly present?: Presentation;
  readonly to: OperationSelector;
  readonly request?: RequestVariant;
  /** Replaces the method or path of the operation. The answer is then not checked against the document. */
  readonly method?: string;
  readonly path?: string;
  /** Spells the path in another way. Such a request goes through a raw socket, because HTTP clients normalise paths. */
  readonly spelling?: PathSpelling | Respelling;
  readonly prepare?: Preparation;
  /** Sends something else right before each request. The target must not use what it remembers of that. */
  readonly after?: PrecedingRequest;
  readonly procedure?: Procedure;
  /** The version of HTTP for its requests; default: HTTP/1.1. */
  readonly over?: HttpVersion;
  /** Runs alone and after all others, because it checks what they left behind or would disturb them. */
  readonly runs?: 'last';
  /** For procedures about TLS: what the client offers. */
  readonly handshake?: Handshake;
  /** For procedures about plain HTTP: sends it to the port for HTTPS. */
  readonly toHttpsPort?: boolean;
  /** Sends each cell to the base URL and to every replica, and judges each answer. */
  readonly on?: 'every replica';
  /** Sent to all of its operations at depth quick too, because even one open operation is serious. */
  readonly atEveryDepth?: true;
  /** The scenario that proves access itself. It is judged even if the unmodified write key is rejected. */
  readonly provesAccess?: boolean;
  readonly expect: Expectation;
  /** Needed in addition to what the requirement needs. */
  readonly needs?: readonly Capability[];
  /** Faults of the reference server that this scenario detects. */
  readonly catches: readonly string[];
}

/** Where a requirement comes from. */
export interface Source {
  readonly document: string;
  readonly section: string;
  readonly link: string;
}

/** One sentence of the contract, with its scenarios. */
export interface Requirement {
  /** Family and name, for example `token/signature-verified`. */
  readonly id: string;
  readonly level: Level;
  readonly profile: Profile;
  readonly sentence: string;
  readonly source: Source;
  readonly needs?: readonly Capability[];
  /** How the author of a server fixes the failure. */
  readonly advice: string;
  /**
   * Further findings that the advice fits. Without it the advice fits only findings about keys that are accepted or
   * denied access. For a rejection with the wrong status, a redirect or a server error, the report has its own advice.
   */
  readonly adviceFits?: readonly ('wrong-status' | 'redirect' | 'server-error')[];
  /**
   * Ids of requirements that probably cause a failure of this one if they fail on the same operations. The report then
   * shows this one after them, as a consequence; its verdict does not change. There must be no cycle.
   * `presentation/key-required` explains every key that is accepted and needs no mention here.
   */
  readonly explainedBy?: readonly string[];
  /** Set if the requirement is judged over every exchange of the run. */
  readonly observe?: Observation;
  /** If such a credential is accepted anywhere in the run, this requirement fails. */
  readonly guards?: BadCredential;
  readonly scenarios: readonly Scenario[];
}

/** A family is one file or folder of the catalogue. */
export interface Family {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
