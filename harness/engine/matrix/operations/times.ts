/** When everything that the suite makes begins: far ahead, and always the same. */
export const start = 1_900_000_000;
