import type { WireRequest } from '../../model/index.ts';

/** What is known of a request, to decide if its answer helps to judge the answer to another one. */
export interface WitnessLabel {
  readonly operation?: string;
  /** An unmodified supplied key, on a documented path. */
  readonly unmodified?: boolean;
  /** Called for each message that is sent for this request. */
  readonly onSent?: (() => void) | undefined;
}

/** Requests that were answered recently, and kinds of requests that usually get 503. */
export interface Witnesses {
  /** Another request with a valid key, if possible one that was answered before; undefined if no valid key is known. */
  other(wire: WireRequest, label: WitnessLabel): WireRequest | undefined;
  /** The request that was answered last. */
  readonly latest: WireRequest | undefined;
  /** Whether so many requests of this kind got 503 as their answer that one more is expected. */
  isUsual(wire: WireRequest, label: WitnessLabel): boolean;
  refusedForItself(wire: WireRequest, label: WitnessLabel): void;
  /** `late`: only after an overload answer. */
  answered(wire: WireRequest, label: WitnessLabel, late: boolean): void;
}

const usual = 3;
const most = 10;
const remembered = 8;

/** Remembers a few requests that change nothing and were answered, and the results of each kind of request. */
export function createWitnesses(): Witnesses {
  const known = new Map<string, WireRequest>();
  const refusals = new Map<string, number>();
  const change = (kind: string, by: number): void => {
    refusals.set(kind, Math.min(most, Math.max(0, (refusals.get(kind) ?? 0) + by)));
  };
  return {
    other(wire, { unmodified }) {
      const name = nameOf(wire);
      const others = [...known].flatMap(([other, one]) => (other === name ? [] : [one]));
      // If each key has a separate limit, only a request with the same key shows anything.
      const best = others.findLast((one) => keyOf(one) === keyOf(wire)) ?? others.at(-1);
      if (best !== undefined || unmodified !== true) return best;
      return { method: 'GET', url: new URL('/v1/made-up', wire.url).href, headers: wire.headers };
    },
    get latest() {
      return [...known.values()].at(-1);
    },
    isUsual: (wire, label) => (refusals.get(kindOf(wire, label)) ?? 0) >= usual,
    refusedForItself: (wire, label) => change(kindOf(wire, label), 1),
    answered(wire, label, late) {
      change(kindOf(wire, label), late ? -most : -1);
      if (wire.method !== 'GET' || label.unmodified !== true) return;
      const name = nameOf(wire);
      known.delete(name);
      known.set(name, wire);
      const [oldest] = known.keys();
      if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    },
  };
}

function nameOf(wire: WireRequest): string {
  return `${wire.method} ${wire.url} ${keyOf(wire)}`;
}

function keyOf({ headers }: WireRequest): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}

/** What requests have in common if a server answers them 503. */
function kindOf(wire: WireRequest, { operation, unmodified }: WitnessLabel): string {
  if (wire.trailer !== undefined) return 'a trailer field';
  if (wire.lines !== undefined) return 'raw lines';
  return unmodified === true ? `${operation}` : 'another key';
}
