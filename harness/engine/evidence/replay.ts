import { defined } from '../../model/defined.ts';
import type { Exchange } from '../../model/index.ts';
import {
  type Cassette,
  type CassetteContent,
  CassetteMismatch,
  forgeableValue,
  type RecordedAnswer,
  requestName,
  type Storage,
  valueName,
} from './cassette.ts';
import { showPresented } from './marks.ts';
import { respelled } from './respelled.ts';

/** Answers from a recording and sends nothing. */
export interface ReplayCassette extends Cassette {
  /** Throws CassetteMismatch if a recorded exchange or value was not used. */
  finish(): void;
}

/** Replays a recording: the same requests get the same answers in the same order. */
export function createReplayCassette(content: CassetteContent): ReplayCassette {
  const exchanges = queued(content.exchanges, ({ of }) => of);
  const facts = queued(content.facts, ({ name }) => name);
  const foundForgeable = content.facts.some(({ name, value }) => name === forgeableValue && value === true);
  return {
    replayedOriginMs: content.originMs,
    async exchange(request, make) {
      const recorded = exchanges.get(requestName(request))?.shift();
      const made = await make();
      if (recorded === undefined) {
        const { shown, credential } = request;
        throw new CassetteMismatch(
          `no exchange is recorded for ${shown.method} ${shown.url} with ${credential.description}`,
        );
      }
      if ('impossible' in recorded) {
        const mayBe = recorded.onlyThisKey === true && !foundForgeable && request.dependsOnKey;
        if (('impossible' in made && made.impossible === recorded.impossible) || mayBe) return recorded;
        throw new CassetteMismatch(`a request is recorded as impossible that is not: ${recorded.impossible}`);
      }
      const { shown, dependsOnKey: _depends, ...label } = request;
      const { wire, presented } = 'impossible' in made ? { wire: shown, presented: [] } : made;
      return { ...label, request: wire, presented, ...answered(recorded, presented) };
    },
    async value<T>(
      of: string,
      _live: () => T | Promise<T>,
      { about, restore, fail }: Storage<T> = {},
    ): Promise<T> {
      const name = valueName(of, about);
      const recorded = facts.get(name)?.shift();
      if (recorded === undefined) throw new CassetteMismatch(`nothing is recorded of ${name}`);
      if (recorded.error !== undefined) {
        const { message } = recorded.error;
        throw fail?.(recorded.error) ?? new CassetteMismatch(`${name} is recorded as failed: ${message}`);
      }
      return restore === undefined ? (recorded.value as T) : restore(recorded.value);
    },
    finish() {
      const left = [...exchanges.values()].flat().length;
      if (left > 0) throw new CassetteMismatch(`${left} exchanges are recorded that it does not make`);
      const [unasked] = [...facts.values()].flat();
      if (unasked !== undefined)
        throw new CassetteMismatch(`it does not ask for what is recorded of ${unasked.name}`);
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
  { id, response, failure, otherKey, startedMs, endedMs }: RecordedAnswer,
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
