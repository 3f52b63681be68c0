/** Two numbers made from two greater ones, which are the product of `matrix` and these. */
interface Reduced {
  readonly one: bigint;
  readonly other: bigint;
  readonly matrix: Matrix;
}

type Matrix = readonly [bigint, bigint, bigint, bigint];

const identity: Matrix = [1n, 0n, 0n, 1n];
/** Below so many bits single divisions are faster than two halves. */
const fewBits = 800;

/**
 * The greatest common divisor of two numbers that are not negative; they may have a hundred million bits. The upper
 * halves of two numbers decide half of the quotients, recursively (N. Moeller, "On Schoenhage's algorithm and
 * subquadratic integer gcd computation", 2008). Calls `onBits` with the number of bits that are left.
 */
export function greatestCommonDivisor(
  first: bigint,
  second: bigint,
  onBits: (left: number) => void = () => undefined,
): bigint {
  let [one, other] = first < second ? [second, first] : [first, second];
  let length = bitLength(one);
  while (other !== 0n) {
    onBits(length);
    const cut = Math.floor(length / 3);
    const upper = length < fewBits ? undefined : halved(one >> BigInt(cut), other >> BigInt(cut));
    if (upper !== undefined && upper.matrix !== identity) {
      [one, other] = applied(upper, one, other, cut);
      if (one < other) [one, other] = [other, one];
      if (other === 0n) break;
    }
    [one, other] = [other, one % other];
    length = bitLength(one);
  }
  return one;
}

/** Reduces two numbers to about half of their bits. */
function halved(first: bigint, second: bigint): Reduced {
  let [one, other]: [bigint, bigint] = [first, second];
  let matrix = identity;
  const length = Math.max(bitLength(one), bitLength(other));
  const half = Math.floor(length / 2) + 1;
  const isDone = (): boolean => bitLength(one > other ? one - other : other - one) <= half;
  const both = (): [number, number] => [bitLength(one), bitLength(other)];
  if (Math.min(...both()) <= half) return { one, other, matrix };
  const reduce = (cut: number): void => {
    const part = halved(one >> BigInt(cut), other >> BigInt(cut));
    if (part.matrix === identity) return;
    [one, other] = applied(part, one, other, cut);
    matrix = matrix === identity ? part.matrix : product(matrix, part.matrix);
  };
  /** One division that leaves both numbers above the half. */
  const divide = (): boolean => {
    const isFirst = one >= other;
    const [great, small] = isFirst ? [one, other] : [other, one];
    let quotient = great / small;
    let rest = great - quotient * small;
    if (bitLength(rest) <= half) {
      quotient -= 1n;
      rest += small;
    }
    if (quotient <= 0n) return false;
    const [a, b, c, d] = matrix;
    if (isFirst) {
      one = rest;
      matrix = [a, b + quotient * a, c, d + quotient * c];
    } else {
      other = rest;
      matrix = [a + quotient * b, b, c + quotient * d, d];
    }
    return true;
  };
  if (length >= fewBits) {
    const middle = Math.floor((length * 3) / 4) + 1;
    if (Math.min(...both()) > middle) reduce(Math.floor(length / 2));
    let upper = Math.max(...both());
    while (upper > middle && !isDone() && divide()) upper = Math.max(...both());
    const cut = 2 * half - upper + 1;
    if (upper <= middle && cut > 0 && !isDone() && Math.min(...both()) > half + 2) reduce(cut);
  }
  while (!isDone() && divide());
  return { one, other, matrix };
}

/** Reduces two numbers as their upper parts, above `cut` bits, were reduced. */
function applied(
  { one, other, matrix }: Reduced,
  first: bigint,
  second: bigint,
  cut: number,
): [bigint, bigint] {
  const [a, b, c, d] = matrix;
  const [low, lowOther] = [BigInt.asUintN(cut, first), BigInt.asUintN(cut, second)];
  const shift = BigInt(cut);
  return [(one << shift) + d * low - b * lowOther, (other << shift) + a * lowOther - c * low];
}

/** By seven products in place of eight (Strassen). */
function product([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  const p1 = (a + d) * (e + h);
  const p2 = (c + d) * e;
  const p3 = a * (f - h);
  const p4 = d * (g - e);
  const p5 = (a + b) * h;
  const p6 = (c - a) * (e + f);
  const p7 = (b - d) * (g + h);
  return [p1 + p4 - p5 + p7, p3 + p5, p2 + p4, p1 - p2 + p3 + p6];
}

function bitLength(number: bigint): number {
  if (number === 0n) return 0;
  const text = number.toString(16);
  return text.length * 4 + 28 - Math.clz32(Number.parseInt(text[0] ?? '0', 16));
}
