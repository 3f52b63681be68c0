const names: Readonly<Record<string, string>> = {
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\t': 'a tab',
  ' ': 'a space',
  '\u00a0': 'a no-break space',
};

/** What is wrong with the text of a key and where, without quoting the key; undefined if nothing is visibly wrong. */
export function faultOfKey(text: string): string | undefined {
  if (/^bearer\s/i.test(text)) return 'starts with "Bearer"; give the key alone, without the scheme';
  const at = text.search(/[^\x21-\x7e]/);
  if (at >= 0) {
    const what = names[text.charAt(at)] ?? 'a character that a header cannot have';
    return `holds ${what} ${placeOf(text, at)}; remove it, or copy the key again`;
  }
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return undefined;
  return 'is not a signed JWT (three base64url segments joined by dots); copy the key again';
}

function placeOf(text: string, at: number): string {
  if (at === 0) return 'at its start';
  return text.slice(at).trim() === '' ? 'at its end' : `at character ${at + 1}`;
}

/** What is wrong with a text that is not a URL of these schemes; a missing scheme is the most likely cause. */
export function faultOfUrl(text: string, schemes: string): string {
  const bare = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d+)?([/?#]|$)/i.test(text);
  if (!bare) return `is not an ${schemes} URL`;
  const https = schemes.includes('https') ? ', or https:// if it uses TLS' : '';
  return `does not begin with a scheme; write http:// in front${https}`;
}
