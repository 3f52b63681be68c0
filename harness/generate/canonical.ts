import canonicalize from 'canonicalize';

/** JSON with sorted members (RFC 8785), indented, with a final newline: equal values always give the same text. */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalize(value) ?? 'null'), null, 2)}\n`;
}
