/** The commands of the first minute, and the lines of their output that the README shows. */

/** The mark of the block in README.md. */
export const recordingMark = 'recording';

const widest = 124;

/** Each command as a vendor types it, and the beginnings of the lines that are kept. */
export const recordedCommands: readonly (readonly [command: string, keep: readonly RegExp[]])[] = [
  ['npx mufi-conformance doctor', [/^target /, /^A run is worth it/]],
  [
    'npx mufi-conformance run --depth quick',
    [/^✕ MUST {2}token\/signature-verified/, /^ {4}sent /, /^ {4}actual /, /^ {4}fix /, /^✕ Nonconformant/],
  ],
];

/** The first line of an output for each pattern, with what the terminal moved to the next line, and without what changes from run to run: addresses, times, counts. */
export function keptLines(output: string, keep: readonly RegExp[], baseUrl: string): string[] {
  const lines = output.replace(/\n {2}(?=\S)/g, ' ').split('\n');
  return keep.map((pattern) => {
    const line = lines.find((one) => pattern.test(one));
    if (line === undefined) throw new Error(`No line of the output looks like ${pattern}.`);
    return shortened(normalised(line, baseUrl));
  });
}

function normalised(line: string, baseUrl: string): string {
  return line
    .replaceAll(baseUrl, 'http://localhost:8080')
    .replace(/\d+(,\d+)* ms/g, 'N ms')
    .replace(/\b\d+(,\d+)* (requests?|scenarios?|requirements?|cells?|more)\b/g, 'N $2')
    .replace(/ \((?:depth .*|[^)]*)$/, '');
}

function shortened(line: string): string {
  return line.length <= widest ? line : `${line.slice(0, widest - 2).replace(/ \S*$/, '')} …`;
}

/** The block, including its marks. */
export function recordingBlock(lines: readonly string[]): string {
  return [`<!-- ${recordingMark} -->`, '```console', ...lines, '```', `<!-- /${recordingMark} -->`].join(
    '\n',
  );
}
