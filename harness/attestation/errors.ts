/** The certificate does not hold; the message is the one reason, as a sentence. */
export class CertificateRejection extends Error {
  override readonly name = 'CertificateRejection';
}

/** What was given cannot be used at all, so that nothing is said about any certificate; one sentence. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}
