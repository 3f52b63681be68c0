import { defined } from '../../model/defined.ts';
import {
  type Exchange,
  type ExchangeRecord,
  type Forgery,
  type HttpVersion,
  isRespelledVariant,
  type Key,
  type KeyRole,
  type Operation,
  type Presentation,
  type RequestVariant,
  type Scenario,
  spokenCommand,
  type WireRequest,
} from '../../model/index.ts';
import { forge } from '../credentials/forge.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { changesSomeKeys, type Fill, fillWith, present, type ThingIds } from '../credentials/present.ts';
import { forgeableValue, type Impossible, type WireContent } from '../evidence/cassette.ts';
import { eachText } from '../evidence/each-text.ts';
import { recordExchange, type ShownRequest } from '../evidence/record.ts';
import { shellCommand, shellOutput, shellVariable } from '../evidence/replay-line.ts';
import { assemble } from '../matrix/assemble.ts';
import { ownTexts } from '../matrix/fixture-sets.ts';
import { spellPath } from '../matrix/path-spelling.ts';
import { buildRequest, type RequestParts } from '../matrix/requests.ts';
import type { Connection } from '../probe/http2-connection.ts';
import { badCredentialOf } from './bad-credential.ts';
import { underOtherNames } from './disguise.ts';
import { setFor } from './named-set.ts';
import { markOtherKeys } from './other-keys.ts';
import { presentationOf, withNames } from './presentation.ts';
import { keyOf, labelOf, type Session } from './session.ts';
import { anyThing, thingIds } from './thing-ids.ts';

/** One request to make. */
export interface SendSpec {
  readonly operation: Operation;
  /** The key that is presented or changed; undefined: none. */
  readonly key: Key | undefined;
  readonly variant: RequestVariant;
  /** The key for `{second}`, if not the read key. */
  readonly second?: Key;
  /** Full id of the scenario for the replay line, and its title for the label. */
  readonly scenario?: { readonly id: string; readonly title: string };
  readonly forge?: Forgery | undefined;
  readonly present?: Presentation | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly spelling?: Scenario['spelling'] | undefined;
  readonly marker?: string;
  readonly prepared?: Partial<Record<KeyRole, Key>>;
  /** Sends on this connection. */
  readonly connection?: Connection;
  /** Default: HTTP/1.1. */
  readonly over?: HttpVersion | undefined;
  /** A replica in place of the base URL. */
  readonly baseUrl?: string;
  /** Something in front of the server may answer, so the answer is not checked against the document. */
  readonly apart?: boolean;
  readonly withoutBody?: true;
  /** Replaces the built request. */
  readonly parts?: RequestParts;
  /** The request before it on the same connection: the replay line sends both. */
  readonly replayAfter?: SendSpec;
}

/** What was sent and received, to judge and to keep. */
export interface SentRequest {
  readonly exchange: Exchange;
  readonly record: ExchangeRecord;
  readonly succeeds: boolean;
}

/** The status of an answer; undefined if there is none. */
export function statusOf({ exchange }: Pick<SentRequest, 'exchange'>): number | undefined {
  return exchange.response?.status;
}

/** Forges, presents, sends and records one request. Throws NotForgeable if the credential has no meaning. */
export async function send(session: Session, spec: SendSpec): Promise<SentRequest> {
  const { state } = session;
  const { operation } = spec;
  const { parts, build } = requestOf(session, spec);
  const description = labelOf(spec.key, spec.forge, spec.scenario?.title ?? '');

  const asSent = spec.forge?.literal !== undefined || spec.key === undefined;
  const shownKey = asSent ? (spec.forge?.literal ?? '') : `‹${description}›`;
  let dependsOnKey = false;
  const shown = build((name, filter) => {
    if (filter !== undefined) dependsOnKey ||= changesSomeKeys(filter);
    if (name !== 'key' && name !== 'second') return thingIds(state, operation)[name] ?? '';
    const text = name === 'key' ? shownKey : `‹${spec.second?.description ?? 'read key'}›`;
    return filter === undefined ? text : `${text.replace('›', '')}, ${filter.replaceAll('-', ' ')}›`;
  }, String);
  const replay = replayOf(session, spec);

  const bad = isDocumented(spec) ? badCredentialOf(state, spec) : undefined;
  const label = {
    ...(isDocumented(spec) ? { operation: operation.id } : {}),
    ...defined({ bad }),
    variant: spec.variant,
    credential: {
      description,
      ...(spec.key === undefined ? {} : { variable: spec.key.variable }),
      ...(isOfProject(session, spec) ? ({ ofProject: true } as const) : {}),
    },
  };
  const make = async (): Promise<WireContent | Impossible> => {
    try {
      const credential = await credentialText(session, spec);
      const wire = build(
        fillWith(
          credential,
          (spec.second ?? state.target.keys.read)?.value ?? '',
          thingIds(state, operation),
        ),
      );
      return {
        wire,
        presented: spec.key === undefined ? [] : [credential, ...credential.split('.').slice(1)],
      };
    } catch (error) {
      if (!(error instanceof NotForgeable)) throw error;
      const { message, onlyThisKey } = error;
      return { impossible: message, ...(onlyThisKey ? { onlyThisKey } : {}) };
    }
  };
  const { originMs, prober, redactor } = session;
  const exchange = await session.cassette.exchange(
    { ...label, shown, dependsOnKey },
    make,
    ({ wire, presented }) =>
      prober
        .send(wire, { ...label, presented, unmodified: isUnmodified(spec) }, spec.connection)
        .finally(() => redactor.refresh())
        .then((answered) => markOtherKeys(session, answered)),
  );
  if ('impossible' in exchange) throw new NotForgeable(exchange.impossible, exchange);
  const record = recordExchange(
    exchange,
    { request: shown, replay, ...outsideOf(session, spec) },
    redactor,
    originMs,
  );
  return { exchange, record: asItWas(record, session), succeeds: parts.succeeds };
}

/** For an anonymous run, shows the names that were really sent. */
function asItWas(record: ExchangeRecord, { disguise }: Session): ExchangeRecord {
  if (disguise === undefined) return record;
  const { request, response, replay } = record;
  const shown = { request, ...defined({ response }), replay };
  return { ...record, ...eachText(shown, disguise.out) };
}

/**
 * The parts of a request that came from the target, such as ids of the fixture; unknown if a caller built the request.
 */
function outsideOf({ state }: Session, { parts }: SendSpec): Pick<ShownRequest, 'outside'> {
  if (parts !== undefined) return {};
  return {
    outside: () => {
      const own = new Set(ownTexts);
      const sets = [...Object.values(state.fixture), state.otherProject];
      const named = sets.flatMap(({ label: _label, known: _known, ...names }) =>
        Object.values<string>(names),
      );
      const given = [...named, state.projectId ?? ''].filter((text) => text !== '' && !own.has(text));
      return [...new Set(given)];
    },
  };
}

/** The request as described, and as sent with its texts filled in. */
function requestOf(session: Session, spec: SendSpec) {
  const { operation, variant, marker = 'conformance' } = spec;
  const whole = spec.parts ?? buildRequest(operation, variant, setFor(session, variant), marker);
  const parts = spec.withoutBody === true ? { ...whole, body: undefined } : whole;
  const path = spec.path ?? (spec.spelling === undefined ? parts.path : spellPath(parts.path, spec.spelling));
  const baseUrl = spec.baseUrl ?? session.state.baseUrl;
  const named: Readonly<Record<string, string>> = {
    method: operation.method,
    path: parts.path,
    'relative-path': parts.path.slice(1),
    'dotted-host': new URL(baseUrl).host.replace(/(?=:\d+$|$)/, '.'),
  };
  const bare = presentationOf(spec);
  const build = (fill: Fill, encode?: (value: string) => string): WireRequest => ({
    ...assemble(
      baseUrl,
      spec.method ?? operation.method,
      { ...parts, path },
      present(bare && withNames(bare, named), fill),
      encode,
    ),
    ...defined({ version: spec.over }),
  });
  return { parts, build };
}

function replayOf(session: Session, spec: SendSpec): string {
  const shown = (one: SendSpec): WireRequest =>
    requestOf(session, one).build(shellFill(one, thingIds(session.state, one.operation)), String);
  return shellCommand(shown(spec), spec.replayAfter === undefined ? undefined : shown(spec.replayAfter));
}

/** Whether the credential of a scenario can be created from a key. */
export async function isForgeable(
  session: Session,
  { forge: forgery, present: presentation }: Pick<Scenario, 'forge' | 'present'>,
  key: Key,
): Promise<boolean> {
  return session.cassette.value(forgeableValue, async () => {
    try {
      const spec = { key, forge: forgery, present: presentation };
      const credential = await credentialText(session, { ...spec, prepared: { prepared: key } });
      present(presentationOf(spec), fillWith(credential, '', anyThing));
      return true;
    } catch (error) {
      if (error instanceof NotForgeable) return false;
      throw error;
    }
  });
}

/**
 * Answers to made-up methods, paths and messages are not checked against the document; nor are those to ids in another
 * spelling, because a router may not take them for ids.
 */
function isDocumented(spec: SendSpec): boolean {
  return (
    spec.method === undefined &&
    spec.path === undefined &&
    spec.present?.lines === undefined &&
    spec.present?.coding === undefined &&
    spec.variant !== 'most-items' &&
    !isRespelledVariant(spec.variant) &&
    spec.spelling === undefined &&
    spec.apart !== true
  );
}

/** True for an unmodified key in a documented request: a target in good order answers with success. */
function isUnmodified(spec: SendSpec): boolean {
  const { key, forge: forgery, present: presentation, over } = spec;
  const isPlain = forgery === undefined && presentation === undefined && over === undefined;
  return key !== undefined && isPlain && isDocumented(spec);
}

/** True for the unmodified write or read key of the project, wherever it is presented. */
function isOfProject({ state }: Session, { key, forge: forgery }: SendSpec): boolean {
  const { write, read } = state.target.keys;
  return forgery === undefined && key !== undefined && [write, read].some((own) => own?.value === key.value);
}

async function credentialText(
  session: Session,
  spec: Pick<SendSpec, 'key' | 'forge' | 'prepared'>,
): Promise<string> {
  if (spec.forge?.literal !== undefined) return spec.forge.literal;
  if (spec.key === undefined) return '';
  if (spec.forge === undefined) return spec.key.value;
  const text = await forge(spec.key, underOtherNames(spec.forge, session.disguise), {
    keyOf: (role) => keyOf(session, spec.prepared ?? {}, role),
    ...defined({ publicKeys: session.publicKeys, documentHost: session.documentHost }),
  });
  // An edited signature may still be the real one in other bytes; so an answer that repeats it is redacted too.
  if (isRespelled(spec.forge.sign)) session.redactor.add(text);
  return text;
}

function shellFill(spec: SendSpec, ids: ThingIds): Fill {
  return (name, filter) => {
    if (name !== 'key' && name !== 'second') return ids[name] ?? '';
    if (name === 'second') {
      const { variable, description } = spec.second ?? { variable: 'MUFI_READ_KEY', description: 'read key' };
      return shellVariable(variable, `a ${description}`);
    }
    if (spec.forge?.literal !== undefined) return spec.forge.literal;
    if (spec.key === undefined) return '';
    if (spec.forge === undefined && filter === undefined) {
      return shellVariable(spec.key.variable, `a ${spec.key.description}`);
    }
    const option = filter === undefined ? '' : ` --filter ${filter}`;
    return shellOutput(spokenCommand('forge', `${spec.scenario?.id ?? ''}${option}`));
  };
}

/** Edits that keep the whole signature, only in another place or order. */
const respellings = ['leading-zero-byte', 'ten-times', 'reversed', 'der', 'ecdsa-order-minus-s'];

function isRespelled(sign: Forgery['sign']): boolean {
  return typeof sign === 'object' && 'bytes' in sign && respellings.includes(sign.bytes);
}
