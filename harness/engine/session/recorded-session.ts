import { defined } from '../../model/defined.ts';
import type { Keeping, Tape } from '../evidence/cassette.ts';
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
import type { Prober } from '../probe/prober.ts';
import type { RawConnection } from '../probe/raw-connection.ts';
import { createKnownFindings } from './repeat-log.ts';
import type { Session } from './session.ts';

/**
 * The session of one scenario whose ways to the outside all pass a tape. It shares nothing with other scenarios, so
 * that its recording is complete.
 */
export function withTape(session: Session, tape: Tape, shapes = createKeyShapes('made')): Session {
  return {
    ...session,
    tape,
    originMs: tape.replayedOriginMs ?? session.originMs,
    prober: tapedProber(session.prober, tape),
    control:
      session.control === undefined
        ? undefined
        : tapedControl(session.control, tape, shapes, session.redactor.add),
    shared: new Map(),
    delivered: new Set(),
    ...(tape.replayedOriginMs === undefined ? {} : { health: { failures: 0 }, known: createKnownFindings() }),
  };
}

/** A connection of a recording: nothing goes over it. */
const noConnection: RawConnection = {
  open: true,
  exchange: () => Promise.reject(new Error('nothing is sent over a connection of a recording')),
  close: () => undefined,
};

const connecting: Keeping<RawConnection> = {
  store: () => true,
  restore: () => noConnection,
  fail: ({ message, code }) => Object.assign(new Error(message), code === undefined ? {} : { code }),
};

function tapedProber(prober: Prober, tape: Tape): Prober {
  return {
    send: (wire, label, connection) => prober.send(wire, label, connection),
    connect: (url) => tape.fact(`the connection to ${url}`, () => prober.connect(url), connecting),
    handshake: (url, offer) =>
      tape.fact(`the handshake of ${url} with ${offer}`, () => prober.handshake(url, offer)),
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

function tapedControl(
  control: TrackedControl,
  tape: Tape,
  shapes: KeyShapes,
  onKey: (key: string) => void,
): TrackedControl {
  // A stand-in comes from the tape alone.
  const heard = (made: ControlledKey): ControlledKey => {
    onKey(made.key);
    return made;
  };
  const key: Keeping<ControlledKey> = {
    store: (made) => ({ ...made, key: shapes.shapeOf(made.key) }),
    restore: (stored) => {
      const made = stored as Omit<ControlledKey, 'key'> & { readonly key: KeyShape };
      return { ...made, key: standInFor(keyShapeSchema.parse(made.key)) };
    },
    fail,
  };
  return {
    describe: () => tape.fact('what key control says of itself', () => control.describe(), { fail }),
    revokeLeftovers: () => control.revokeLeftovers(),
    deadKeys: () =>
      tape.fact('the dead keys of the run', () => control.deadKeys(), {
        store: (dead) => dead.map((one) => ({ ...one, key: shapes.shapeOf(one.key) })),
        restore: (stored) =>
          (stored as readonly (Omit<DeadKey, 'key'> & { readonly key: KeyShape })[]).map((one) => ({
            ...one,
            key: standInFor(keyShapeSchema.parse(one.key)),
          })),
      }),
    createProject: (name) => tape.fact(`the project ${name}`, () => control.createProject(name), { fail }),
    createKey: async ({ project_id: about, ...request }) => {
      const asked = { ...defined({ project_id: about }), ...request };
      const name = `a key ${JSON.stringify(request)}`;
      return heard(await tape.fact(name, () => control.createKey(asked), { ...key, about }));
    },
    regenerateKey: async (id) =>
      heard(await tape.fact('the regeneration of', () => control.regenerateKey(id), { ...key, about: id })),
    revokeKey: (id) =>
      tape.fact('the revocation of', () => control.revokeKey(id), {
        about: id,
        restore: () => undefined,
        fail,
      }),
    advanceClock: (seconds) =>
      tape.fact(`the clock moved by ${seconds} s`, () => control.advanceClock(seconds), { fail }),
  };
}
