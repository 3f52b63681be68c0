import { defined } from '../../model/defined.ts';
import type { WireResponse } from '../../model/index.ts';
import type { RecordedAnswer } from './cassette.ts';

/** An answer with every text replaced that may contain a key. */
export function respelled(
  response: WireResponse | NonNullable<RecordedAnswer['response']>,
  spell: (text: string) => string,
): { status: number; headers: [string, string][]; body: string; bodyBytes: number; bodyCut?: boolean } {
  const { status, headers, body, bodyBytes, bodyCut } = response;
  return {
    status,
    headers: headers.map(([name, value]) => [spell(name), spell(value)]),
    body: spell(body),
    bodyBytes,
    ...defined({ bodyCut }),
  };
}
