import { AsyncLocalStorage } from 'node:async_hooks';
import { defined } from '../../model/defined.ts';
import type { Exchange } from '../../model/index.ts';
import {
  type Cassette,
  type CassetteContent,
  type RecordedAnswer,
  type RecordedExchange,
  type RecordedValue,
  requestName,
  valueName,
} from './cassette.ts';
import { eachText } from './each-text.ts';
import { hidePresented } from './marks.ts';
import type { Redactor } from './redaction.ts';
import { respelled } from './respelled.ts';

/** A recording cassette; `content` is complete when every request has its answer. */
export interface RecordingCassette extends Cassette {
  content(): CassetteContent;
}

/** Records what a scenario learns from outside. The recording can contain no key. */
export function createRecordingCassette(
  scenario: string,
  { redactor, originMs }: { readonly redactor: Redactor; readonly originMs: number },
): RecordingCassette {
  const exchanges: (RecordedExchange | undefined)[] = [];
  const facts: (RecordedValue | undefined)[] = [];
  const within = new AsyncLocalStorage<string>();
  return {
    async exchange(request, make, live) {
      // The place is reserved when the request is made, so two parallel requests keep their order.
      const place = exchanges.push(undefined) - 1;
      const of = requestName(request);
      const made = await make();
      if ('impossible' in made) {
        exchanges[place] = { of, ...made };
        return made;
      }
      const exchange = await live(made);
      exchanges[place] = { of, ...withoutKeys(exchange, redactor) };
      return exchange;
    },
    async value(of, live, { about, store } = {}) {
      // On replay, the parts of a value are not asked for if the whole is replayed.
      if (within.getStore() !== undefined) return live();
      const place = facts.push(undefined) - 1;
      const name = valueName(of, about === undefined ? undefined : redactor.redact(about));
      try {
        const value = await within.run(name, live);
        const kept = JSON.stringify(store === undefined ? value : store(value));
        facts[place] =
          kept === undefined ? { name } : { name, value: eachText(JSON.parse(kept), redactor.redact) };
        return value;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const { code } = error as NodeJS.ErrnoException;
        facts[place] = {
          name,
          error: {
            name: error.name,
            message: redactor.redact(error.message),
            ...(code === undefined ? {} : { code: String(code) }),
          },
        };
        throw error;
      }
    },
    content: () => ({
      scenario,
      originMs,
      exchanges: exchanges.filter((one) => one !== undefined),
      facts: facts.filter((one) => one !== undefined),
    }),
  };
}

function withoutKeys(exchange: Exchange, { redact }: Redactor): Omit<RecordedAnswer, 'of'> {
  const { id, response, failure, presented, otherKey, startedMs, endedMs } = exchange;
  const clean = (text: string): string => redact(hidePresented(text, presented));
  return {
    id,
    ...(response === undefined ? {} : { response: respelled(response, clean) }),
    ...defined({ otherKey }),
    ...(failure === undefined ? {} : { failure: { ...failure, message: redact(failure.message) } }),
    startedMs,
    endedMs,
  };
}
