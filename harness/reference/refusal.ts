import type { Why } from './model.ts';

/** Ends a request with an error answer. */
export class Refusal extends Error {
  readonly why: Why;
  readonly details: readonly string[];

  constructor(why: Why, ...details: readonly string[]) {
    super(details.join(' ') || why);
    this.name = 'Refusal';
    this.why = why;
    this.details = details;
  }
}
