/** A block of code in a page: its language and its text. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** The code blocks of a Markdown text, in their order. */
export function codeBlocks(text: string): CodeBlock[] {
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ({ 2: language = '', 3: code = '' }) => ({ language, code }),
  );
}

/** A Markdown text with its code blocks replaced by blanks; everything else keeps its position. */
export function withBlanksForBlocks(text: string): string {
  return text.replace(/^( *)```[\s\S]*?^\1```$/gm, (block) => ' '.repeat(block.length));
}

/** The spans of code of a Markdown text, each on one line. */
export function codeSpans(text: string): string[] {
  return [...withBlanksForBlocks(text).matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
    code.replace(/\s+/g, ' '),
  );
}

/** The anchors of the headings of a page, as GitHub generates them. */
export function anchorsOf(text: string): string[] {
  const times = new Map<string, number>();
  return [...withBlanksForBlocks(text).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
    const shown = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = times.get(slug) ?? 0;
    times.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** The targets of the links and pictures of a page. */
export function linksOf(text: string): string[] {
  const shown = withBlanksForBlocks(text).replace(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code));
  return [...shown.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source ?? '',
  );
}
