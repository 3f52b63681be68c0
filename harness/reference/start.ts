import { randomBytes, randomUUID } from 'node:crypto';
import { JWKS_PATH, referenceApp } from './app.ts';
import {
  frontsOf,
  secretOf,
  transportFaults,
  withFaults,
  withoutOf,
  withReplicaFaults,
} from './faults/index.ts';
import { withFront } from './front.ts';
import { Keyring } from './keyring.ts';
import { listen } from './listen.ts';
import type { Claims } from './model.ts';
import { honest, type Policy } from './policy.ts';
import { Projects } from './projects.ts';
import { prepareTls } from './secure.ts';
import { type Algorithm, createSigner, type Signer } from './signer.ts';
import { Store } from './store.ts';
import type { Traits } from './traits.ts';
import { careful, type Transport } from './transport.ts';
import { absentFrom, traitsOf, transportChanges, withVariants } from './variants.ts';

/** How to start a reference server. */
export interface ReferenceOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** The signature algorithm of the keys. EdDSA, the default, is the best choice for a new server. */
  readonly algorithm?: Algorithm;
  /** Ids of faults, applied in order. The command `reference --faults` lists them. */
  readonly faults?: readonly string[];
  /** Ids of conformant variants such as "slow" or "other-error-bodies", applied before the faults. */
  readonly variants?: readonly string[];
  /** Ids of operations that the server does not implement, such as `POST /v1/products`. */
  readonly missing?: readonly string[];
  /** The most bytes of a header section before the server answers 431; 131,072 by default. */
  readonly maxHeaderSize?: number;
  /** The name that key control gives the server; its own by default. */
  readonly implementation?: { readonly name: string; readonly version: string };
  /** The token of key control; random by default. */
  readonly controlToken?: string;
  /** Serves HTTPS, with a plain HTTP address in addition; faults and variants of the transport imply it. */
  readonly tls?: boolean;
}

/** The keys that a reference server creates when it starts. */
export interface ReferenceKeys {
  readonly write: string;
  readonly read: string;
  /** A revoked key of the home project. */
  readonly revoked: string;
  /** A key issued ten years ago that still works. */
  readonly longLived: string;
  /** A key of another environment, signed with the same key. */
  readonly otherEnvironment: string;
  readonly otherProjectWrite: string;
  readonly otherProjectRead: string;
  /** A token that the issuer of the keys signed for a dashboard user; not a key. */
  readonly otherToken: string;
}

/** A running reference server. */
export interface Reference {
  /** The base URL, without a trailing slash. */
  readonly url: string;
  /** A second instance with the same store and keys. */
  readonly replicaUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
  /** Missing if the algorithm has no public key. */
  readonly jwksUrl?: string;
  /** Over TLS only: the plain HTTP address, and the file with the authority that a client must trust. */
  readonly plainUrl?: string;
  readonly caFile?: string;
  readonly keys: ReferenceKeys;
  /** The environment that the suite needs to test this server with all its features. */
  readonly environment: Record<string, string>;
  /** Closes every connection and discards the stored data. */
  close(): Promise<void>;
}

const DAY = 86_400;
const TEN_YEARS = 3652 * DAY;

/**
 * Starts a small complete Mufi on the loopback interface. Throws if the port is taken, or if a fault or variant does
 * not exist.
 */
export async function startReference(options: ReferenceOptions = {}): Promise<Reference> {
  const traits = traitsOf(options.variants ?? []);
  const issuer = await createSigner(options.algorithm ?? 'EdDSA', secretOf(options.faults ?? []));
  const signer = speaking(issuer, traits);
  const complete = lacking(honest, options.missing ?? []);
  const policy = withFaults(withVariants(complete, options.variants ?? []), options.faults ?? []);
  const world = { policy, ring: new Keyring(signer, 'staging', policy), store: new Store() };
  const projects = new Projects();
  const home = projects.named('home').id;
  const { controlToken = randomBytes(24).toString('base64url') } = options;
  const keys = {
    ...(await issueKeys(world.ring, home, projects.named('other').id)),
    otherToken: await loginToken(issuer),
  };
  let jwksUrl: string | undefined;
  const control = {
    token: controlToken,
    projects,
    home,
    jwksUrl: () => jwksUrl,
    implementation: options.implementation,
  };
  const without = [...absentFrom(options.variants ?? []), ...withoutOf(options.faults ?? [])];
  const app = referenceApp(world, control);
  const { port = 0, host = '127.0.0.1', maxHeaderSize = 131_072 } = options;
  const fronts = frontsOf(options.faults ?? []);
  const transport = transportOf(options);
  const tls = transport && (await prepareTls(transport));
  const listening = tls?.listen ?? listen;
  const settings = { port, host, maxHeaderSize, traits };
  const main = await withFront(await listening(app, settings), fronts);
  const { url } = main;
  const plain = await tls?.listenPlain(app, settings, url);
  const replicaWorld = { ...world, policy: withReplicaFaults(policy, options.faults ?? []) };
  const replicaApp = referenceApp(replicaWorld, control);
  const replica = await listening(replicaApp, { ...settings, port: 0 });
  if (signer.publicJwk !== undefined) jwksUrl = url + JWKS_PATH;
  const where = {
    url,
    replicaUrl: replica.url,
    controlUrl: `${url}/control`,
    controlToken,
    ...(jwksUrl === undefined ? {} : { jwksUrl }),
    ...(tls === undefined || plain === undefined ? {} : { plainUrl: plain.url, caFile: tls.caFile }),
  };
  return {
    ...where,
    keys,
    environment: {
      ...environmentOf(where, keys),
      ...(without.length === 0 ? {} : { MUFI_WITHOUT: without.join(',') }),
    },
    close: async () => {
      await Promise.all([main, replica, plain, tls].map((one) => one?.close()));
    },
  };
}

/** A server that does not implement some operations: their paths do not exist. */
function lacking(policy: Policy, missing: readonly string[]): Policy {
  return {
    ...policy,
    findOperation: (method, path, request) => {
      const found = policy.findOperation(method, path, request);
      return found !== undefined && missing.includes(found.operation.id) ? undefined : found;
    },
  };
}

/** How a server over TLS behaves below its policy; undefined for plain HTTP. */
function transportOf({ tls = false, variants = [], faults = [] }: ReferenceOptions): Transport | undefined {
  const changes = [...transportChanges(variants), ...transportFaults(faults)];
  return tls || changes.length > 0 ? Object.assign({}, careful, ...changes) : undefined;
}

/** A signer that writes and reads the dialect of a server. */
function speaking(signer: Signer, { dialect }: Traits): Signer {
  if (dialect === undefined) return signer;
  return {
    ...signer,
    sign: (claims, header) => signer.sign(dialect.write(claims as Claims), { ...dialect.header, ...header }),
    verify: async (token) => dialect.read(await signer.verify(token)),
  };
}

/** A token for a person, signed like a key. */
function loginToken(issuer: Signer): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const person = { sub: randomUUID(), email: 'somebody@mufi.example', aud: 'dashboard' };
  return issuer.sign({ ...person, iat: now, exp: now + DAY });
}

async function issueKeys(
  ring: Keyring,
  home: string,
  other: string,
): Promise<Omit<ReferenceKeys, 'otherToken'>> {
  const write = await ring.issue({ project: home, permission: 'write', supplied: true });
  const revoked = await ring.issue({ project: home, permission: 'write', supplied: true });
  ring.revoke(revoked.record.id);
  const more = async (order: Partial<Parameters<Keyring['issue']>[0]>): Promise<string> =>
    (await ring.issue({ project: home, permission: 'write', supplied: true, ...order })).key;
  return {
    write: write.key,
    read: await more({ permission: 'read' }),
    revoked: revoked.key,
    longLived: await more({ age: TEN_YEARS }),
    otherEnvironment: await more({ environment: 'production' }),
    otherProjectWrite: await more({ project: other }),
    otherProjectRead: await more({ project: other, permission: 'read' }),
  };
}

function environmentOf(
  where: Omit<Reference, 'keys' | 'environment' | 'close'>,
  keys: ReferenceKeys,
): Record<string, string> {
  return {
    MUFI_BASE_URL: where.url,
    MUFI_REPLICA_URLS: where.replicaUrl,
    MUFI_WRITE_KEY: keys.write,
    MUFI_READ_KEY: keys.read,
    MUFI_REVOKED_KEY: keys.revoked,
    MUFI_LONG_LIVED_KEY: keys.longLived,
    MUFI_OTHER_ENVIRONMENT_KEY: keys.otherEnvironment,
    MUFI_OTHER_PROJECT_WRITE_KEY: keys.otherProjectWrite,
    MUFI_OTHER_PROJECT_READ_KEY: keys.otherProjectRead,
    MUFI_OTHER_TOKEN: keys.otherToken,
    MUFI_CONTROL_URL: where.controlUrl,
    MUFI_CONTROL_TOKEN: where.controlToken,
    ...(where.jwksUrl === undefined ? {} : { MUFI_JWKS_URL: where.jwksUrl }),
    ...(where.plainUrl === undefined ? {} : { MUFI_HTTP_URL: where.plainUrl }),
    ...(where.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: where.caFile }),
  };
}
