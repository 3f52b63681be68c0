import { because, type Reason } from '../../model/index.ts';

/** A credential that has no meaning for the keys of this target; the message says why. The scenario does not apply. */
export class NotForgeable extends Error {
  override readonly name = 'NotForgeable';
  /** Set if another key of the same kind may have what this key lacks. */
  readonly onlyThisKey: boolean;

  constructor(message: string, { onlyThisKey = false }: { readonly onlyThisKey?: boolean | undefined } = {}) {
    super(message);
    this.onlyThisKey = onlyThisKey;
  }

  get because(): Reason {
    return because('not-forgeable', { message: this.message });
  }
}
