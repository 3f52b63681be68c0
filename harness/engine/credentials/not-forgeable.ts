/** A credential that has no meaning for this target's keys; the message says why. The scenario does not apply. */
export class NotForgeable extends Error {
  override readonly name = 'NotForgeable';
}
