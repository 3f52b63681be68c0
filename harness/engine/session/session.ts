import type { Forgery, Key, KeyRole, Reason } from '../../model/index.ts';
import type { OperationsDocument } from '../../model/openapi/operations.ts';
import { inTheClearOf, targetAddresses } from '../configuration/addresses.ts';
import { controlLeftOut } from '../configuration/control-left-out.ts';
import { loadDocument } from '../configuration/operations.ts';
import { isOnLoopback } from '../configuration/plain-http.ts';
import { createDocumentHost, type DocumentHost } from '../credentials/document-host.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { type PublicKeys, readPublicKeys } from '../credentials/public-key.ts';
import { type Cassette, noCassette } from '../evidence/cassette.ts';
import { commandControl } from '../key-control/command-control.ts';
import { httpControl } from '../key-control/http-control.ts';
import type { Control } from '../key-control/protocol.ts';
import { steady } from '../key-control/steady.ts';
import { type TrackedControl, tracked } from '../key-control/tracked.ts';
import { createProber, type Prober } from '../probe/prober.ts';
import { type BodyValidator, bodyValidator } from '../verdict/observations/schemas.ts';
import { controlSender, controlTimeoutMs, senderOf } from './control-sender.ts';
import { type Disguise, disguised, disguiseOf } from './disguise.ts';
import { createKnownFindings, createRepeatLog, type KnownFindings, type RepeatLog } from './repeat-log.ts';
import { type RunSecrets, secretsOf } from './secrets.ts';
import type { SessionState } from './session-state.ts';

/** Everything that is needed to run scenarios in one session. */
export interface Session {
  readonly state: SessionState;
  readonly document: OperationsDocument;
  readonly prober: Prober;
  /** Set if the run is anonymous. */
  readonly disguise: Disguise | undefined;
  /** Everything that comes from outside goes through it. */
  readonly cassette: Cassette;
  readonly redactor: RunSecrets;
  readonly validate: BodyValidator;
  readonly control: TrackedControl | undefined;
  readonly publicKeys: PublicKeys | undefined;
  /** Serves the documents that a forged key refers to, to a target on loopback. */
  readonly documentHost: DocumentHost | undefined;
  /** The difference that turns performance.now() into milliseconds since the start of the run. */
  readonly originMs: number;
  /** Exchanges that watching scenarios share, by what was sent. */
  readonly shared: Map<string, Promise<unknown>>;
  /** Ids of shared exchanges with a record in a result. */
  readonly delivered: Set<string>;
  /** Counts failed controls in a row. */
  readonly health: { failures: number; last?: object; cause?: Reason };
  /** Requests that were sent again because their answer was doubted. */
  readonly repeats: RepeatLog;
  /** Kinds of findings that have repeated so often that they need not repeat again. */
  readonly known: KnownFindings;
  /** Revocations of keys that nobody waited for; none of them throws. */
  readonly releases: (Promise<void> | undefined)[];
  close(): Promise<void>;
}

/** Opens a session from the state that the preflight found. */
export async function openSession(state: SessionState): Promise<Session> {
  const document = loadDocument(state.options.openapi);
  const redactor = secretsOf(state);
  const control = openControl(state);
  const { target } = state;
  const disguise = disguiseOf(state.target, state.baseUrl);
  const documentHost = isOnLoopback(state.baseUrl) ? createDocumentHost(state.baseUrl) : undefined;
  const prober = createProber({
    ...senderOf(state.target),
    baseUrl: state.baseUrl,
    wasThere: state.operations.some(({ availability }) => availability === 'available'),
    concurrency: target.concurrency,
    maxRequestsPerSecond: target.maxRequestsPerSecond,
    within: withinOf(state),
  });
  return {
    state,
    document,
    prober: disguised(prober, disguise),
    disguise,
    cassette: noCassette,
    redactor,
    validate: bodyValidator(document),
    control: control === undefined ? undefined : tracked(renamed(control, disguise), redactor.add),
    publicKeys: state.jwks === undefined ? undefined : readPublicKeys(state.jwks),
    documentHost,
    originMs: state.startedAt - performance.timeOrigin,
    shared: new Map(),
    delivered: new Set(),
    health: { failures: 0 },
    repeats: createRepeatLog(),
    releases: [],
    known: createKnownFindings(state.options.depth),
    close: async () => {
      await documentHost?.close();
      await prober.dispose();
    },
  };
}

/** Where the requests of a run may go. */
function withinOf({ baseUrl, target }: SessionState): string[] {
  return [baseUrl, inTheClearOf(baseUrl), ...targetAddresses(target)];
}

/** Key control that receives the names of an anonymous run. */
function renamed(control: Control, disguise: Disguise | undefined): Control {
  if (disguise === undefined) return control;
  return { ...control, createProject: (name) => control.createProject(disguise.out(name)) };
}

/** Key control of a target; undefined if it has none, or if the mode does not use it. */
export function openControl(state: {
  readonly target: SessionState['target'];
  readonly options: Pick<SessionState['options'], 'mode'>;
}): Control | undefined {
  const { control, baseUrl } = state.target;
  if (control === undefined || controlLeftOut(state.target, state.options.mode) !== undefined)
    return undefined;
  if (control.kind === 'command') return steady(commandControl(control.command, { baseUrl }));
  const timeoutMs = controlTimeoutMs(state.target);
  const sender = controlSender({ ...senderOf(state.target), timeoutMs });
  return steady(httpControl(control, timeoutMs, sender));
}

/** The key of a role among supplied and prepared keys; throws NotForgeable if there is none. */
export function keyOf(session: Session, prepared: Partial<Record<KeyRole, Key>>, role: KeyRole): Key {
  const key =
    role === 'prepared' || role === 'successor'
      ? prepared[role]
      : (session.state.target.keys[role] ?? prepared[role]);
  if (key === undefined) throw new NotForgeable(`the run has no ${role} key`);
  return key;
}

/** "write key, signature replaced" for evidence: never contains key material. */
export function labelOf(key: Key | undefined, forgery: Forgery | undefined, title: string): string {
  if (forgery?.literal !== undefined) return title;
  if (key === undefined) return 'no key';
  return forgery === undefined ? key.description : `${key.description}: ${title}`;
}

/** Whether a key may read only. */
export function isReader({ state }: Session, { permission, value }: Key): boolean {
  const { read, 'other-project-read': other } = state.target.keys;
  return permission === 'read' || [read?.value, other?.value].includes(value);
}
