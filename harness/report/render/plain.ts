import type { FailureBlock } from '../findings/failure.ts';
import type { Fix } from '../findings/ranking.ts';
import { asClause, count, figure, oneLine } from './text.ts';

/** A label of the failure block and its value. */
export type Line = readonly [label: string, value: string];

/** The failure block as labelled lines, in the order of every rendering. */
export function linesOf(block: FailureBlock): readonly Line[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['sent', block.sent],
    ['expected', block.expected],
    ['actual', block.actual],
    ...block.messages.map((message): Line => ['found', message]),
    ...block.answerer.map((clause): Line => ['note', clause]),
    ['control', block.control],
    ['fix', asClause(block.advice)],
    ['replay', block.replay && ('command' in block.replay ? block.replay.command : block.replay.elsewhere)],
    ['steps', block.steps],
  ];
  return lines.flatMap(([label, value]): Line[] => (value === undefined ? [] : [[label, oneLine(value)]]));
}

/** "MUST  token/signature-verified: a key whose ... (Authentication > Using your API key)" without the level. */
export function headlineOf({ requirement }: Fix): string {
  return oneLine(`${requirement.id}: ${requirement.title}`);
}

/** "Authentication > Using your API key". */
export function sourceOf({ requirement }: Fix): string {
  return oneLine(`${requirement.source.document} > ${requirement.source.section}`);
}

/** What is said about a consequence: its own advice is not the place to begin. */
export function consequenceOf(fix: Pick<Fix, 'consequenceOf' | 'alike'>): string | undefined {
  if (fix.consequenceOf === undefined) return undefined;
  return fix.alike
    ? `gets the same wrong answer as ${fix.consequenceOf}: fix that first`
    : `probably caused by ${fix.consequenceOf}: fix that first`;
}

/** "17 of 17 operations". */
export function reachOf({ hit, tried }: { readonly hit: readonly string[]; readonly tried: number }): string {
  return `${figure(hit.length)} of ${count(tried, 'operation')}`;
}

/** What else a requirement fails on, beyond its first block. */
export function restOf(fix: Fix): string | undefined {
  const scenarios = fix.blocks.length - 1;
  const parts = [
    fix.hit.length > 1 ? `${reachOf(fix)} affected` : undefined,
    scenarios > 0 ? `${count(scenarios, 'more scenario')} of this requirement` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}
