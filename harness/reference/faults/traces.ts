import type { Fault } from './fault.ts';

/** What frameworks show of an exception unless they are configured not to. */
const shown: Readonly<Record<string, string>> = {
  php: 'PHP Fatal error:  Uncaught Exception: bad key in /var/www/html/src/Auth.php:41',
  'php-frames': "#0 /var/www/html/public/index.php(17): Auth->check('...')\n#1 {main}",
  laravel:
    '{"exception":"UnexpectedValueException","file":"/var/www/app/Http/Auth.php","line":41,"trace":[]}',
  ruby: "/srv/app/lib/auth.rb:41:in `check': bad key (RuntimeError)",
  rails: '{"exception":"#<Auth::KeyError: bad key>","traces":{"Application Trace":[]}}',
  aspnet: 'System.ArgumentException: bad key',
  'aspnet-lines': '   at Auth.Check(String key) in C:\\src\\Auth.cs:line 41',
  'aspnet-page': "<h1>Server Error in '/' Application.</h1>",
  tomcat: '<h1>HTTP Status 401</h1><b>Exception</b> java.lang.IllegalStateException: bad key',
  'tomcat-frames': '\tcom.example.auth.Filter.doFilter(Filter.java:41)',
  python: '"/srv/app/auth.py", line 41, in check\n    raise BadKey()\nBadKey',
  'python-paths': 'raised in /usr/lib/python3/dist-packages/app/auth',
  django: "<p>You're seeing this error because you have <code>DEBUG = True</code></p>",
  flask: '<title>BadKey // Werkzeug Debugger</title>',
  go: 'panic: bad key\nmain.check(0x0)\n\t/src/auth.go:41 +0x1d',
  rust: "thread 'tokio-runtime-worker' panicked at src/auth.rs:41:9",
};

/** Faults that show which line of code rejected a key, as different frameworks do. */
export const traces: readonly Fault[] = Object.entries(shown).map(([name, text]) => ({
  id: `trace-of-${name}`,
  breaks: 'An error shows nothing of the code.',
  override: (policy) => ({
    finish: async (answer, call, why) => {
      const finished = await policy.finish(answer, call, why);
      const { status, body } = finished;
      const isError = status === 401 && typeof body === 'object' && body !== null;
      return isError ? { ...finished, body: { ...body, debug: text } } : finished;
    },
  }),
}));
