/** GitHub allows 65,536 characters for an issue; the summary and the comparison are two parts of it. */
const longestPart = 25_000;

/**
 * The beginning of a Markdown text in whole lines, as long as an issue allows. Closes a code block or `<details>` that
 * the cut leaves open, so that it does not swallow what follows.
 */
export function shortened(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= longestPart) return trimmed;
  const kept = trimmed.slice(0, longestPart).replace(/\n[^\n]*$/, '');
  return [kept, ...closingsOf(kept), '', '(the rest is in the artifact)'].join('\n');
}

/** The lines that close open blocks of a text. */
function closingsOf(text: string): string[] {
  let fence: string | undefined;
  let details = 0;
  for (const line of text.split('\n')) {
    const [, marks = '', rest = ''] = /^\s*(`{3,}(?!.*`)|~{3,})(.*)$/.exec(line) ?? [];
    if (fence !== undefined) {
      if (marks.startsWith(fence) && rest.trim() === '') fence = undefined;
    } else if (marks !== '') {
      fence = marks;
    } else {
      details += line.split(/<details\b/).length - line.split('</details>').length;
    }
  }
  return [
    ...(fence === undefined ? [] : [fence]),
    ...(details > 0 ? ['', ...Array.from({ length: details }, () => '</details>')] : []),
  ];
}
