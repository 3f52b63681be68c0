import type { Expectation, OperationSelector, Presentation } from '../../../harness/model/index.ts';

/** Something beside the key that servers were seen to take in place of one. The fault `...-exempt` takes it. */
export interface ExemptionRow extends Pick<Presentation, 'headers' | 'query' | 'lines' | 'requestLine'> {
  readonly id: string;
  readonly title: string;
  /** Sent to this path in place of the operation's. */
  readonly path?: string;
  /** Where it is sent; default: one operation of each kind. */
  readonly to?: OperationSelector;
  /** Default: anything but a success of the operation. */
  readonly expect?: Expectation;
  readonly catches?: readonly string[];
}
