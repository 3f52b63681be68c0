/** Whether a value is valid. */
export type Check = (value: unknown) => boolean;

export const isText =
  (least = 0, most = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    typeof value === 'string' && value.length >= least && value.length <= most;

export const isId: Check = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

export const isEmail: Check = (value) =>
  typeof value === 'string' && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value);

export const isInteger =
  (least = Number.NEGATIVE_INFINITY): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= least;

export const isNumber =
  (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;

export const isFlag: Check = (value) => typeof value === 'boolean';

export const isOneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((one) => one === value);

export const isListOf =
  (check: Check, most: number, least = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(check);

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** The members of an object to check; names that end in "!" are required. */
export type Shape = Readonly<Record<string, Check>>;

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** One line for each thing that is wrong with a body. */
export function problemsIn(shape: Shape, body: unknown): string[] {
  const record = asRecord(body);
  if (record === undefined) return ['an object is expected'];
  return Object.entries(shape).flatMap(([member, check]) => {
    const name = member.replace(/!$/, '');
    const value = record[name];
    if (value === undefined) return name === member ? [] : [`${name} is missing`];
    return check(value) ? [] : [`${name} is not valid`];
  });
}
