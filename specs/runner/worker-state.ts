import { gunzipSync, gzipSync } from 'node:zlib';
import type { FirstLook, SessionState } from '../../harness/engine/run/index.ts';

const variable = 'CONFORMANCE_SESSION';
/** Linux takes at most 128 KiB in one variable, Windows 32,767 characters. */
const longest = process.platform === 'win32' ? 32_000 : 120_000;

let recorded: FirstLook['recorded'];

/** Keeps what the first look recorded for the reporter, which runs in the same process. */
export function keepRecorded(opening: FirstLook['recorded']): void {
  recorded = opening;
}

/** What the first look recorded; undefined where the run is not recorded. */
export function recordedOpening(): FirstLook['recorded'] {
  return recorded;
}

/** Hands the state to the worker processes: in the environment, because it holds keys and is never written. */
export function handOver(state: SessionState): void {
  const whole = encode(state);
  const text = whole.length <= longest ? whole : encode(withoutExchanges(state));
  if (text.length > longest)
    throw new Error('what the first look found is too long to hand over to the workers');
  process.env[variable] = text;
}

/** The state that the main process handed over; throws where a worker runs without it. */
export function takeOver(): SessionState {
  const text = process.env[variable];
  if (text === undefined)
    throw new Error('the session is missing: run the suite with its playwright.config.ts');
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as SessionState;
}

/** True where a state was handed over, be it that of before the first look. */
export function wasHandedOver(): boolean {
  return process.env[variable] !== undefined;
}

/** True where the first look found a cause that leaves nothing to test; false where there was none yet. */
export function nothingToTest(): boolean {
  return wasHandedOver() && takeOver().cause !== undefined;
}

/** Ids of scenarios that the first look decided, where it has taken place. */
export function decidedAtFirst(): readonly string[] {
  if (!wasHandedOver()) return [];
  return takeOver().ownActions?.results.map(({ scenario }) => scenario) ?? [];
}

function encode(state: SessionState): string {
  return gzipSync(JSON.stringify(state)).toString('base64');
}

/** The real work without its exchanges; its verdicts stay. */
function withoutExchanges({ realWork, ...rest }: SessionState): SessionState {
  return realWork === undefined ? rest : { ...rest, realWork: { ...realWork, exchanges: [] } };
}
