import { defined } from '../../model/defined.ts';
import type { Cassette, Storage } from '../evidence/cassette.ts';
import {
  createKeyShapes,
  type KeyShape,
  type KeyShapes,
  keyShapeSchema,
  standInFor,
} from '../evidence/key-shape.ts';
import type { DeadKey } from '../key-control/ledger.ts';
import { ControlError, type ControlledKey } from '../key-control/protocol.ts';
import type { TrackedControl } from '../key-control/tracked.ts';
import type { Http2Connection } from '../probe/http2-connection.ts';
import type { Prober } from '../probe/prober.ts';
import type { RawConnection } from '../probe/raw-connection.ts';
import { controlValues } from './control-values.ts';
import { createKnownFindings } from './repeat-log.ts';
import type { Session } from './session.ts';

/**
 * The session of one scenario in which all input from outside goes through a cassette. It shares nothing with other
 * scenarios, so its recording is complete.
 */
export function withCassette(
  session: Session,
  cassette: Cassette,
  shapes = createKeyShapes('made'),
): Session {
  return {
    ...session,
    cassette,
    originMs: cassette.replayedOriginMs ?? session.originMs,
    prober: recordedProber(session.prober, cassette),
    control:
      session.control === undefined
        ? undefined
        : recordedControl(session.control, cassette, shapes, session.redactor.add),
    shared: new Map(),
    delivered: new Set(),
    ...(cassette.replayedOriginMs === undefined
      ? {}
      : { health: { failures: 0 }, known: createKnownFindings(session.state.options.depth) }),
  };
}

const nothingSent = () => Promise.reject(new Error('nothing is sent over a connection of a recording'));

/** A connection of a recording: nothing is sent over it. */
const noConnection: RawConnection = { open: true, exchange: nothingSent, close: () => undefined };
const noHttp2: Http2Connection = { open: true, send: nothingSent, close: () => undefined };

const connecting = <T>(restored: T): Storage<T> => ({
  store: () => true,
  restore: () => restored,
  fail: ({ message, code }) => Object.assign(new Error(message), code === undefined ? {} : { code }),
});

function recordedProber(prober: Prober, cassette: Cassette): Prober {
  return {
    send: (wire, label, connection) => prober.send(wire, label, connection),
    connect: (url) =>
      cassette.value(`the connection to ${url}`, () => prober.connect(url), connecting(noConnection)),
    connectHttp2: (url) =>
      cassette.value(
        `the HTTP/2 connection to ${url}`,
        () => prober.connectHttp2(url),
        connecting<Http2Connection>(noHttp2),
      ),
    alpn: (url) => cassette.value(`the protocol that ${url} selects`, () => prober.alpn(url)),
    handshake: (url, offer) =>
      cassette.value(`the handshake of ${url} with ${offer}`, () => prober.handshake(url, offer)),
    allow: (url) => prober.allow(url),
    get requests() {
      return prober.requests;
    },
    get exhausted() {
      return prober.exhausted;
    },
    get overload() {
      return prober.overload;
    },
    dispose: () => prober.dispose(),
  };
}

const fail = ({ message, code }: { readonly message: string; readonly code?: string | undefined }): Error =>
  new ControlError(message, { code });

function recordedControl(
  control: TrackedControl,
  cassette: Cassette,
  shapes: KeyShapes,
  onKey: (key: string) => void,
): TrackedControl {
  // A stand-in comes only from the cassette.
  const heard = (made: ControlledKey): ControlledKey => {
    onKey(made.key);
    return made;
  };
  const key: Storage<ControlledKey> = {
    store: (made) => ({ ...made, key: shapes.shapeOf(made.key) }),
    restore: (stored) => {
      const made = stored as Omit<ControlledKey, 'key'> & { readonly key: KeyShape };
      return { ...made, key: standInFor(keyShapeSchema.parse(made.key)) };
    },
    fail,
  };
  return {
    describe: () => cassette.value('what key control says of itself', () => control.describe(), { fail }),
    revokeLeftovers: () => control.revokeLeftovers(),
    activeKeys: () => control.activeKeys(),
    deadKeys: () =>
      cassette.value('the dead keys of the run', () => control.deadKeys(), {
        store: (dead) => dead.map((one) => ({ ...one, key: shapes.shapeOf(one.key) })),
        restore: (stored) =>
          (stored as readonly (Omit<DeadKey, 'key'> & { readonly key: KeyShape })[]).map((one) => ({
            ...one,
            key: standInFor(keyShapeSchema.parse(one.key)),
          })),
      }),
    createProject: (name) =>
      cassette.value(`${controlValues.project} ${name}`, () => control.createProject(name), { fail }),
    createKey: async ({ project_id: about, ...request }) => {
      const asked = { ...defined({ project_id: about }), ...request };
      const name = `${controlValues.key} ${JSON.stringify(request)}`;
      return heard(await cassette.value(name, () => control.createKey(asked), { ...key, about }));
    },
    regenerateKey: async (id) =>
      heard(
        await cassette.value(controlValues.regeneration, () => control.regenerateKey(id), {
          ...key,
          about: id,
        }),
      ),
    revokeKey: (id) =>
      cassette.value(controlValues.revocation, () => control.revokeKey(id), {
        about: id,
        restore: () => undefined,
        fail,
      }),
    advanceClock: (seconds) =>
      cassette.value(`${controlValues.clock} ${seconds} s`, () => control.advanceClock(seconds), { fail }),
  };
}
