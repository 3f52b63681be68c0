/** Wrong input of the user: one sentence that says what is wrong, where, and what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
