import type { Source } from '../../harness/model.ts';

const docs = 'https://docs.mufi.app/docs/wallet-api';

/** Mufi's authentication page, the normative text. */
export function authentication(section: string): Source {
  return { document: 'Mufi, Authentication', section, link: `${docs}/authentication` };
}

/** Mufi's introduction and API reference, for what they say of 400, 401 and 403. */
export function apiReference(section: string): Source {
  return { document: 'Mufi, API reference', section, link: `${docs}/introduction` };
}

/** Mufi's best practices. */
export function bestPractices(section: string): Source {
  return { document: 'Mufi, Best practices', section, link: 'https://docs.mufi.app/docs/best-practices' };
}

/** An RFC, which speaks where Mufi is silent. */
export function rfc(number: number, section: string): Source {
  return {
    document: `RFC ${number}`,
    section,
    link: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section.split(' ')[0]}`,
  };
}
