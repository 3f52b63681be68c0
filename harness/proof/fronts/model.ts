/** Files of a certificate for loopback, if a front end speaks TLS. */
export interface SiteTls {
  readonly certificate: string;
  readonly key: string;
  /** Certificate and key in one file. */
  readonly both: string;
  /** The port for plain HTTP, which redirects. */
  readonly plainPort: number;
}

/** The settings to start a front end with. It listens only on 127.0.0.1. */
export interface Site {
  readonly port: number;
  /** The ports of two nodes of the API. */
  readonly node: number;
  readonly otherNode: number;
  /** An active write key, for a front end that adds one to requests. */
  readonly writeKey: string;
  /** For the configuration; everybody can read it. */
  readonly folder: string;
  /** For what the front end writes; everybody can write to it. */
  readonly scratch: string;
  /** Whether the front end starts as root and needs a user to change to. */
  readonly isRoot: boolean;
  readonly tls?: SiteTls;
}

/** What is inserted into the configuration of a front end, by the name of the place. */
export type Parts = Readonly<Record<string, string>>;

/** Kinds of misconfiguration that break the contract in front of the API. */
export type MisconfigurationKind =
  | 'cache-without-authorization'
  | 'cache-outlives-revocation'
  | 'raw-path'
  | 'public-location'
  | 'foreign-credential'
  | 'stale-node';

/** One wrong way to configure a front end. */
export interface Misconfiguration {
  readonly id: string;
  readonly kind: MisconfigurationKind;
  /** What the front end does: a sentence without its subject. */
  readonly does: string;
  readonly parts: (site: Site) => Parts;
  /** The first requirement in the report. */
  readonly first: string;
}

/** A front end from a Debian package, with the configuration that its manual gives for a reverse proxy. */
export interface FrontEnd {
  readonly id: string;
  readonly package: string;
  readonly program: string;
  readonly manual: string;
  readonly speaksTls: boolean;
  /** Requirements that warn behind it although it keeps the contract, with the reason. */
  readonly warns: Readonly<Record<string, string>>;
  /** Its configuration, by file name. */
  files(site: Site, parts: Parts): Readonly<Record<string, string>>;
  /** The command that runs it in the foreground. */
  command(site: Site): readonly string[];
  readonly misconfigurations: readonly Misconfiguration[];
}
