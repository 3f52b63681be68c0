/** When everything that the suite creates begins: far in the future, and always the same. */
export const start = 1_900_000_000;
