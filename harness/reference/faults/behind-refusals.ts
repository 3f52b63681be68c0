import { setTimeout as sleep } from 'node:timers/promises';
import { asClaims, type Keyring } from '../keyring.ts';
import type { Answer, Call, Why } from '../model.ts';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';
import { isUsual } from './usual.ts';

/** What a server does although it rejects the request; undefined if the answer does not change. */
type Behind = (call: Call, ring: Keyring, answer: Answer) => Promise<Answer | undefined>;

interface Target {
  readonly method: string;
  readonly path: string;
}

interface Row {
  readonly id: string;
  readonly breaks: string;
  readonly caughtBy: readonly string[];
  readonly because: Why;
  readonly does: Behind;
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DELAY_MS = 300;
/** How long the server waits for a body that has not arrived. */
const PATIENCE_MS = 100;
const noTrace = 'permissions/refused-writes-leave-no-trace';
const foreignChanges = 'isolation/nothing-foreign-changes';

/** A body that names a project is left to other faults. */
const projectMember = /"(project|tenant|org|account|workspace|owner)\w*":/i;

/** True if the caller is of another project than the first key. */
const isForeign = ({ caller }: Call, ring: Keyring): boolean =>
  caller !== undefined && caller.project !== ring.home()?.project;

/** True if the key that a request presents is on record as revoked. */
const isRevoked = ({ presented = '' }: Call, ring: Keyring): boolean =>
  ring.find(asClaims(peek(presented)?.payload)?.sub ?? '')?.revoked === true;

/** Carries out a write that the server rejects. */
const carriesOut = async (call: Call, ring: Keyring): Promise<undefined> => {
  if (call.operation?.permission === 'write' && isUsual(call)) await sentByOwner(call, ring);
};

/** Shows in the rejection what the path names, as its owner sees it. */
const shows =
  (operationId: string, pathOf: (call: Call) => Promise<string | undefined>): Behind =>
  async (call, ring, answer) => {
    const isIt = call.operation?.operationId === operationId && call.caller?.permission === 'write';
    if (!isIt || !isForeign(call, ring) || projectMember.test(await call.request.text())) return undefined;
    const path = await pathOf(call);
    if (path === undefined) return undefined;
    const response = await sentByOwner(call, ring, { method: 'GET', path });
    return response?.ok === true ? { ...answer, body: await response.json() } : undefined;
  };

const rows: readonly Row[] = [
  {
    id: 'refused-writes-queued',
    breaks: 'A rejected write is not carried out later.',
    caughtBy: [],
    because: 'permission',
    does: async (call, ring) => {
      // Later the body can no longer be read.
      await call.request.text();
      void sleep(DELAY_MS, undefined, { ref: false }).then(() => sentByWriter(call, ring));
      return undefined;
    },
  },
  {
    id: 'unsigned-refused-after-writing',
    breaks: 'A write with a key that is not signed leaves no trace.',
    caughtBy: [`${noTrace}/forged-key`],
    because: 'unverified',
    does: async (call, ring) => (call.presented?.endsWith('.') ? carriesOut(call, ring) : undefined),
  },
  {
    id: 'keyless-refused-after-writing',
    breaks: 'A write without a key leaves no trace.',
    caughtBy: [`${noTrace}/no-key`],
    because: 'none',
    does: carriesOut,
  },
  {
    id: 'revoked-refused-after-writing',
    breaks: 'A write with a revoked key leaves no trace.',
    caughtBy: [],
    because: 'dead',
    does: async (call, ring) => (isRevoked(call, ring) ? carriesOut(call, ring) : undefined),
  },
  {
    id: 'replaced-refused-after-writing',
    breaks: 'A write with a key that a regeneration replaced leaves no trace.',
    caughtBy: [],
    because: 'dead',
    does: async (call, ring) => (isRevoked(call, ring) ? undefined : carriesOut(call, ring)),
  },
  {
    id: 'foreign-refused-after-writing',
    breaks: 'A write that gets 404 changes nothing in the other project.',
    caughtBy: ['isolation/foreign-writes-leave-no-trace/write-key'],
    because: 'missing',
    does: (call, ring) => (isForeign(call, ring) ? carriesOut(call, ring) : Promise.resolve(undefined)),
  },
  {
    id: 'reader-creates-product',
    breaks: 'A read key is rejected on every write operation.',
    caughtBy: ['valid-request', 'right-after-reading', 'every-member'].map(
      (id) => `permissions/read-key-does-not-write/${id}`,
    ),
    because: 'permission',
    // The part that carries out the write does not know keys created a moment ago.
    does: async (call, ring, answer) => {
      const isKnown = ring.find(call.caller?.claims.sub ?? '')?.supplied === true;
      const { authority, headers } = call.request;
      const isPlain =
        isUsual(call) &&
        // What browsers and health checks ask is left to other faults.
        !/kube-probe|text\/html/.test(`${headers['user-agent']} ${headers.accept}`) &&
        authority === undefined &&
        headers['content-type'] === 'application/json' &&
        headers['transfer-encoding'] === undefined &&
        headers['content-encoding'] === undefined;
      if (!isKnown || !isPlain || call.operation?.operationId !== 'createProduct') return undefined;
      const began = performance.now();
      const body = await call.request.text();
      // A body that names a permission is left to other faults.
      if (performance.now() - began > PATIENCE_MS || body.includes('"permission":')) return undefined;
      const response = await sentByWriter(call, ring);
      return response?.ok === true ? { ...answer, status: 201, body: await response.json() } : undefined;
    },
  },
  {
    id: 'foreign-event-in-404-of-write-key',
    breaks: 'A rejection contains nothing of another project.',
    caughtBy: ['isolation/nothing-foreign-by-name/by-id-write-key'],
    because: 'missing',
    does: shows('getEvent', async ({ request: { path } }) => (UUID.test(path) ? path : undefined)),
  },
  {
    id: 'foreign-event-in-404-of-product',
    breaks: 'A rejection contains nothing of another project.',
    caughtBy: [`${foreignChanges}/by-id`, `${foreignChanges}/by-email-or-reference`],
    because: 'missing',
    does: shows('createProduct', async ({ request }) => {
      const { event_id: id } = await jsonBodyOf(request);
      return typeof id === 'string' ? `/v1/events/${id}` : undefined;
    }),
  },
  {
    id: 'foreign-product-in-404-of-issue',
    breaks: 'A rejection contains nothing of another project.',
    caughtBy: [`${foreignChanges}/foreign-product-among-own`],
    because: 'missing',
    does: shows('issueProductItems', async ({ params }) => `/v1/products/${params.id}`),
  },
];

/** Faults of servers that reject a request and act on it anyway. */
export const behindRefusals: readonly Fault[] = rows.map(
  ({ because, does, ...fault }): Fault => ({
    ...fault,
    override: (policy: Policy) => {
      let keys: Keyring | undefined;
      return {
        exempt: (call, ring) => {
          keys = ring;
          return policy.exempt(call, ring);
        },
        finish: async (answer, call, why) => {
          const refused = await policy.finish(answer, call, why);
          const isIt = why === because && call.operation !== undefined && keys !== undefined;
          return (isIt ? await does(call, keys as Keyring, refused) : undefined) ?? refused;
        },
      };
    },
  }),
);

/** Sends a request to the server itself with the write key of the first project. */
function sentByOwner(call: Call, ring: Keyring, target?: Target): Promise<Response | undefined> {
  return sentByWriter(call, ring, target, ring.home()?.project);
}

/** Sends a request to the server itself with the write key of a given project. */
async function sentByWriter(
  { request, caller }: Call,
  ring: Keyring,
  target: Target = request,
  project = caller?.project,
): Promise<Response | undefined> {
  const writing = ring
    .all()
    .find((key) => key.permission === 'write' && key.project === project && key.supplied && !key.revoked);
  const { host } = request.headers;
  if (writing === undefined || !/^127\.0\.0\.1:\d+$/.test(host ?? '')) return undefined;
  const { method, path } = target;
  const headers = {
    authorization: `Bearer ${await ring.sign(writing)}`,
    'content-type': 'application/json',
  };
  const body = method === 'GET' ? null : await request.text();
  return fetch(`http://${host}${path}`, { method, headers, body }).catch(() => undefined);
}
