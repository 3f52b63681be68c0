import { createHash } from 'node:crypto';
import type { Mark } from '../words.ts';
import { constant, type Fragment, markup } from './fragment.ts';

/** What the head of a page depends on; without `script`, no script may run. */
interface Head {
  readonly title: string;
  readonly tone: Mark['tone'];
  readonly styles: string;
  readonly script?: string;
}

/** The head of a page that loads nothing and runs only its own script. */
export function headOf({ title, tone, styles, script }: Head): Fragment {
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(styles, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${favicon(tone)}">
<style>${constant(styles)}</style>
</head>`;
}

function contentPolicy(styles: string, script: string | undefined): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(styles)}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
    'img-src data:',
  ].join('; ');
}

const faviconColors = {
  good: '1e6b45',
  bad: 'b3261e',
  care: '8a5a00',
  open: '5b4a9e',
  known: '5c5750',
  none: '5c5750',
};

function favicon(tone: Mark['tone']): string {
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%23${faviconColors[tone]}'/%3E%3C/svg%3E`;
}
