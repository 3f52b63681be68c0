/** Files of a certificate for loopback, where a front end speaks TLS. */
export interface SiteTls {
  readonly certificate: string;
  readonly key: string;
  /** Both in one file. */
  readonly both: string;
  /** The port that speaks plain HTTP and redirects. */
  readonly plainPort: number;
}

/** What a front end is started with. It listens on 127.0.0.1 alone. */
export interface Site {
  readonly port: number;
  /** A port of two nodes of the API each. */
  readonly node: number;
  readonly otherNode: number;
  /** An active write key, for a front end that adds one to requests. */
  readonly writeKey: string;
  /** Holds the configuration; everybody may read it. */
  readonly folder: string;
  /** For what the front end writes; everybody may write there. */
  readonly scratch: string;
  /** Whether the front end starts as root and has to be told whom to turn into. */
  readonly isRoot: boolean;
  readonly tls?: SiteTls;
}

/** What goes into the configuration of a front end, by the name of the place. */
export type Parts = Readonly<Record<string, string>>;

/** Kinds of misconfiguration that break the contract before the API is asked. */
export type MisconfigurationKind =
  | 'cache-without-authorization'
  | 'cache-outlives-revocation'
  | 'raw-path'
  | 'public-location'
  | 'foreign-credential'
  | 'stale-node';

/** One way to configure a front end wrong. */
export interface Misconfiguration {
  readonly id: string;
  readonly kind: MisconfigurationKind;
  /** What the front end does, as a sentence without its subject. */
  readonly does: string;
  readonly parts: (site: Site) => Parts;
  /** The requirement that comes first in the report. */
  readonly first: string;
}

/** A front end from a Debian package, with the configuration that its manual gives for a reverse proxy. */
export interface FrontEnd {
  readonly id: string;
  readonly package: string;
  readonly program: string;
  readonly manual: string;
  readonly speaksTls: boolean;
  /** Requirements that warn behind it although it keeps the contract, each with the reason. */
  readonly warns: Readonly<Record<string, string>>;
  /** Its configuration, by file name. */
  files(site: Site, parts: Parts): Readonly<Record<string, string>>;
  /** Makes it a process in the foreground. */
  command(site: Site): readonly string[];
  readonly misconfigurations: readonly Misconfiguration[];
}
