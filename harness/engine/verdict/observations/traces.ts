/** Internals that a framework shows unless that is switched off. */
interface Trace {
  readonly of: string;
  readonly pattern: RegExp;
}

/** By framework. The patterns match JSON strings after line breaks and quotes have been unescaped. */
const traces: readonly Trace[] = [
  { of: 'Node.js', pattern: /\n\s+at [^\n]*(?:[/\\]|\.[cm]?[jt]s|node:)[^\n]*:\d+:\d+|node_modules[\\/]/ },
  {
    of: 'Python',
    pattern:
      /Traceback \(most recent call last\)|^\s*File "[^"]+", line \d+|[^\s"'<>]\.py", line \d+|\b(?:site|dist)-packages[\\/]/m,
  },
  {
    of: 'Django or Flask',
    pattern:
      /Exception Location:?\s|you have (?:<code>)?DEBUG = True|Werkzeug Debugger|\.py(?:<\/code>)?,? (?:in \w+, )?line \d+, in \w/,
  },
  {
    of: 'Java',
    pattern:
      /[\w$]\([\w$]+\.(?:java|kt|scala):\d+\)|\b(?:java|javax|jakarta|kotlin|org\.(?:springframework|apache|hibernate))\.(?:\w+\.)*\w+(?:Exception|Error)\b/,
  },
  {
    of: 'Go',
    pattern: /goroutine \d+ \[|\.go:\d+ \+0x[0-9a-f]+|runtime error: (?:invalid memory|index out)/,
  },
  {
    of: 'PHP',
    pattern: /#\d+ [^\n]*\.php\(\d+\)|\.php(?:<\/b>)?(?: on line |:)(?:<b>)?\d+/,
  },
  { of: 'Laravel', pattern: /"file"\s*:\s*"[^"]+\.php"\s*,\s*"line"\s*:\s*\d+/ },
  { of: 'Ruby', pattern: /[^\s"']\.rb:\d+:in [`'"]/ },
  {
    of: 'Rails',
    pattern:
      /Application Trace|Action Controller: Exception caught|#<[A-Z]\w*(?:::\w+)*(?:Error|Exception)\b/,
  },
  {
    of: 'ASP.NET',
    pattern:
      /\bSystem\.(?:\w+\.)*\w*Exception\b|\) in [^\n"]+\.(?:cs|vb|fs):line \d+|Server Error in '[^']*' Application/,
  },
  { of: 'Rust', pattern: /thread '[^']*' panicked at |\bstack backtrace:\n/ },
];

/** Whether a body shows a stack trace, a path of the code, or a page for developers. */
export function showsTrace(body: string): boolean {
  const text = unescaped(body);
  return traces.some(({ pattern }) => pattern.test(text));
}

/** A trace in a JSON string has escaped line breaks, quotes and slashes. */
function unescaped(body: string): string {
  return body
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\"', '"')
    .replaceAll('\\/', '/')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
}
