/** A request whose every byte has been read. */
export interface Message {
  readonly method: string;
  /** As it was on the wire. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** Header fields in their order, names in small letters. Trailer fields are not among them. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What is answered. A body of undefined is none; everything else goes out as JSON. */
export interface Reply {
  readonly status: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Bytes that are not a request, with the status that says so. */
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
