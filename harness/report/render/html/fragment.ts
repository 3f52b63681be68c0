import { html, raw } from 'hono/html';

/** Markup that may go into a page without escaping. */
export type Fragment = ReturnType<typeof raw>;

/** Markup from a tagged template; every value that is not markup is escaped. */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Fragment {
  const fragment = html(strings, ...values);
  if (fragment instanceof Promise) throw new TypeError('the report is rendered without promises');
  return fragment;
}

/** Markup made only of our own constant text. */
export function constant(text: string): Fragment {
  return raw(text);
}

/** An id for links; ids of requirements and scenarios are already unique. */
export function anchor(kind: 'fix' | 'about', id: string): string {
  return `${kind}-${id.replace(/[^\w./-]/g, '_')}`;
}
