import { defined } from '../../model/defined.ts';
import type { Exchange } from '../../model/index.ts';
import {
  factName,
  forgeableFact,
  type Keeping,
  requestName,
  type Tape,
  type TapeContent,
  type TapedAnswer,
  TapeMismatch,
} from './cassette.ts';
import { showPresented } from './marks.ts';
import { respelled } from './respelled.ts';

/** A tape that answers from a recording and sends nothing. */
export interface Playback extends Tape {
  /** Throws TapeMismatch where an exchange or a fact was recorded that nobody asked for. */
  finish(): void;
}

/** Plays a recording back: the same request gets the answers that it got, in their order. */
export function createPlayback(content: TapeContent): Playback {
  const exchanges = queued(content.exchanges, ({ of }) => of);
  const facts = queued(content.facts, ({ name }) => name);
  const foundForgeable = content.facts.some(({ name, value }) => name === forgeableFact && value === true);
  return {
    replayedOriginMs: content.originMs,
    async exchange(request, make) {
      const taped = exchanges.get(requestName(request))?.shift();
      const made = await make();
      if (taped === undefined) {
        const { shown, credential } = request;
        throw new TapeMismatch(
          `no exchange is recorded for ${shown.method} ${shown.url} with ${credential.description}`,
        );
      }
      if ('impossible' in taped) {
        const mayBe = taped.onlyThisKey === true && !foundForgeable && request.dependsOnKey;
        if (('impossible' in made && made.impossible === taped.impossible) || mayBe) return taped;
        throw new TapeMismatch(`a request is recorded as impossible that is not: ${taped.impossible}`);
      }
      const { shown, dependsOnKey: _depends, ...label } = request;
      const { wire, presented } = 'impossible' in made ? { wire: shown, presented: [] } : made;
      return { ...label, request: wire, presented, ...answered(taped, presented) };
    },
    async fact<T>(
      of: string,
      _live: () => T | Promise<T>,
      { about, restore, fail }: Keeping<T> = {},
    ): Promise<T> {
      const name = factName(of, about);
      const taped = facts.get(name)?.shift();
      if (taped === undefined) throw new TapeMismatch(`nothing is recorded of ${name}`);
      if (taped.error !== undefined) {
        const { message } = taped.error;
        throw fail?.(taped.error) ?? new TapeMismatch(`${name} is recorded as failed: ${message}`);
      }
      return restore === undefined ? (taped.value as T) : restore(taped.value);
    },
    finish() {
      const left = [...exchanges.values()].flat().length;
      if (left > 0) throw new TapeMismatch(`${left} exchanges are recorded that it does not make`);
      const [unasked] = [...facts.values()].flat();
      if (unasked !== undefined)
        throw new TapeMismatch(`it does not ask for what is recorded of ${unasked.name}`);
    },
  };
}

function queued<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const queues = new Map<string, T[]>();
  for (const item of items) {
    const queue = queues.get(nameOf(item)) ?? [];
    queue.push(item);
    queues.set(nameOf(item), queue);
  }
  return queues;
}

function answered(
  { id, response, failure, otherKey, startedMs, endedMs }: TapedAnswer,
  presented: readonly string[],
): Pick<Exchange, 'id' | 'response' | 'failure' | 'otherKey' | 'startedMs' | 'endedMs'> {
  const show = (text: string): string => showPresented(text, presented);
  return {
    id,
    ...(response === undefined ? {} : { response: respelled(response, show) }),
    ...defined({ failure, otherKey }),
    startedMs,
    endedMs,
  };
}
