const empty = 'has an empty entry; remove the extra comma';
const notBare = 'has an entry that is not a plain host name such as api.example.com';

/** The normal form of the host of a URL: lower case, punycode, no brackets, no trailing dot, IPv4 as four numbers. */
export function hostOf(url: string | URL): string {
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  return mappedAddress(name) ?? name;
}

/**
 * The normal form of an entry of MUFI_PRODUCTION_HOSTS; a leading dot stays and means the domain and everything below
 * it. Otherwise what is wrong with the entry: it could never be the host of a URL.
 */
export function readHostEntry(text: string): { readonly host: string } | { readonly fault: string } {
  const entry = text.replaceAll('\ufeff', '').trim();
  if (entry === '') return { fault: empty };
  if (entry.startsWith('*'))
    return { fault: 'has a star; write .example.com for a domain and everything below it' };
  const dot = entry.startsWith('.') ? '.' : '';
  const name = entry.slice(dot.length);
  const isAddress = /^\[?[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(name);
  if (!isAddress && /[\s:/\\?#@[\]%]/.test(name)) return { fault: notBare };
  const spelled = isAddress ? `[${name.replace(/^\[|\]$/g, '')}]` : name;
  if (!URL.canParse(`http://${spelled}/`)) return { fault: notBare };
  const host = hostOf(`http://${spelled}/`);
  const labels = host.split('.');
  const tooLong = host.length > 253 || labels.some((label) => label.length > 63);
  if (host === '' || labels.includes('') || (tooLong && !isAddress)) return { fault: notBare };
  // URLs allow more characters, such as quotes and semicolons, but DNS names do not.
  if (!isAddress && !/^[a-z0-9_.-]+$/.test(host)) return { fault: notBare };
  if (dot !== '' && (isAddress || /^[\d.]+$/.test(host))) {
    return { fault: 'has an IP address after a dot; only a host name has subdomains' };
  }
  return { host: `${dot}${host}` };
}

/** Whether a host is one of these entries, or below one that begins with a dot. */
export function isAmong(host: string, entries: readonly string[]): boolean {
  return entries.some((entry) =>
    entry.startsWith('.') ? host === entry.slice(1) || host.endsWith(entry) : host === entry,
  );
}

/** The IPv4 address that an IPv6 address maps (RFC 4291 section 2.5.5, RFC 6052), or undefined. */
function mappedAddress(name: string): string | undefined {
  const groups = /^(?:::|::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name);
  if (groups === null) return undefined;
  const [high = 0, low = 0] = groups.slice(1).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
