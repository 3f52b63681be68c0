import type { Source } from '../../harness/model/index.ts';

const docs = 'https://docs.mufi.app/docs/wallet-api';

/** Mufi's authentication page, the normative text. */
export function authentication(section: string): Source {
  return { document: 'Mufi, Authentication', section, link: `${docs}/authentication` };
}

/** Mufi's introduction and API reference, for what they say of 400, 401 and 403. */
export function apiReference(section: string): Source {
  return { document: 'Mufi, API reference', section, link: `${docs}/introduction` };
}

/** Mufi's page of best practices, for what it says of HTTPS. */
export function bestPractices(section: string): Source {
  return { document: 'Mufi, Best practices', section, link: 'https://docs.mufi.app/docs/best-practices' };
}

/** Good practice that neither Mufi nor an RFC states. */
export const securityMisconfiguration: Source = {
  document: 'OWASP API Security Top 10, 2023',
  section: 'API8 Security Misconfiguration',
  link: 'https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/',
};

/** An RFC, which speaks where Mufi is silent. */
export function rfc(number: number, section: string): Source {
  return {
    document: `RFC ${number}`,
    section,
    link: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section.split(' ')[0]}`,
  };
}
