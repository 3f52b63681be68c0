/** The certificate is not valid; the message is the single reason, as a sentence. */
export class CertificateRejection extends Error {
  override readonly name = 'CertificateRejection';
}

/** The input cannot be used, so nothing is said about any certificate; one sentence. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}
