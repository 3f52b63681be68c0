import type { PathSpelling, Respelling } from '../../model/index.ts';

/** Spells the path of an operation in another way; what precedes the path stays. */
export function spellPath(path: string, spelling: PathSpelling | Respelling): string {
  if (typeof spelling === 'object') return respelled(path, spelling);
  const at = path.indexOf('/', 1);
  const split = at < 0 ? path.length : at;
  const [first, rest] = [path.slice(0, split), path.slice(split)];
  const last = path.length - 1;
  switch (spelling) {
    case 'double-slash':
      return `${first}/${rest}`;
    case 'dot-segment':
      return `${first}/.${rest}`;
    case 'encoded-dot-segment':
      return `${first}/%2e${rest}`;
    case 'trailing-slash':
      return `${path}/`;
    case 'upper-case':
      return path.toUpperCase();
    case 'encoded-letter':
      return `${path.slice(0, last)}%${path.charCodeAt(last).toString(16)}`;
    case 'encoded-slash':
      return `${first}%2f${rest.slice(1)}`;
    case 'path-parameter':
      return `${path};conformance=1`;
    case 'suffix':
      return `${path}.json`;
    case 'zero-byte':
      return `${path}%00`;
  }
}

function respelled(path: string, spelling: Respelling): string {
  const pattern = new RegExp(spelling.replace, 'g');
  if ('by' in spelling) return path.replace(pattern, spelling.by);
  return path.replace(pattern, (found) => {
    if (spelling.as === 'upper case') return found.toUpperCase();
    const once = [...Buffer.from(found)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    return spelling.as === 'encoded' ? once : once.replaceAll('%', '%25');
  });
}
