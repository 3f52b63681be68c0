import { html, raw } from 'hono/html';

/** Markup that is safe to put into a page as it stands. */
export type Fragment = ReturnType<typeof raw>;

/** Markup from a tagged template; every value that is not markup itself is escaped. */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Fragment {
  const fragment = html(strings, ...values);
  if (fragment instanceof Promise) throw new TypeError('the report is rendered without promises');
  return fragment;
}

/** Markup that holds nothing but our own constant text. */
export function constant(text: string): Fragment {
  return raw(text);
}

/** An id for use in links; requirement and scenario ids are unique already. */
export function anchor(kind: 'fix' | 'about', id: string): string {
  return `${kind}-${id.replace(/[^\w./-]/g, '_')}`;
}
