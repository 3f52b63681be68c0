/** A request that has been read completely. */
export interface Message {
  readonly method: string;
  /** As on the wire. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** Header fields in order, with lower-case names; without trailer fields. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** An answer. `undefined` means no body; everything else is sent as JSON. */
export interface Reply {
  readonly status: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Bytes that are not a request, with the status to answer. */
export class BadMessage extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'BadMessage';
    this.status = status;
  }
}

/** Every value of a field. */
export function valuesOf({ fields }: Pick<Message, 'fields'>, name: string): string[] {
  return fields.filter(([one]) => one === name).map(([, value]) => value);
}
