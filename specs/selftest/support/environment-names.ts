/** Unknown names, and the name that each was meant to be. */
export const misspelt = [
  ['MUFI_TIMEOUT', 'MUFI_TIMEOUT_MS'],
  ['MUFI_RPS', 'MUFI_MAX_RPS'],
  ['MUFI_URL', 'MUFI_BASE_URL'],
  ['MUFI_PROD_HOSTS', 'MUFI_PRODUCTION_HOSTS'],
  ['MUFI_OTHER_WRITE_KEY', 'MUFI_OTHER_PROJECT_WRITE_KEY'],
  ['MUFI_PRODUCTION_HOST', 'MUFI_PRODUCTION_HOSTS'],
  ['MUFI_HOSTS', 'MUFI_PRODUCTION_HOSTS'],
  ['MUFI_PROD', 'MUFI_PRODUCTION_HOSTS'],
  ['MUFI_TOKEN', 'MUFI_CONTROL_TOKEN'],
  ['MUFI_COMMAND', 'MUFI_CONTROL_COMMAND'],
  ['MUFI_REPLICAS', 'MUFI_REPLICA_URLS'],
  ['MUFI_JWKS', 'MUFI_JWKS_URL'],
  ['MUFI_AGENT', 'MUFI_USER_AGENT'],
  ['MUFI_BASEURL', 'MUFI_BASE_URL'],
  ['MUFI_TARGET_URL', 'MUFI_BASE_URL'],
  ['MUFI_WITHOUT_OPERATIONS', 'MUFI_WITHOUT'],
  ['mufi_write_key', 'MUFI_WRITE_KEY'],
  ['Mufi_Read_Key', 'MUFI_READ_KEY'],
  ['MUFI-READ-KEY', 'MUFI_READ_KEY'],
  ['MUFI.BASE.URL', 'MUFI_BASE_URL'],
  ['mufi_production_hosts', 'MUFI_PRODUCTION_HOSTS'],
  ['MUFI__BASE_URL', 'MUFI_BASE_URL'],
  ['MUFI_BASE_URL ', 'MUFI_BASE_URL'],
] as const;

/** Production targets, and the host that has to be repeated. */
export const production = [
  ['the production host', { MUFI_BASE_URL: 'https://api.mufi.app' }, 'api.mufi.app'],
  ['its name in capitals', { MUFI_BASE_URL: 'https://API.Mufi.App:8443/v' }, 'api.mufi.app'],
  ['its name with a final dot', { MUFI_BASE_URL: 'https://api.mufi.app./' }, 'api.mufi.app'],
  ['a production host in the clear', { MUFI_HTTP_URL: 'http://api.mufi.app' }, 'api.mufi.app'],
  ['a production replica', { MUFI_REPLICA_URLS: 'http://a,https://api.mufi.app' }, 'api.mufi.app'],
  [
    'a host that was named',
    { MUFI_BASE_URL: 'https://one.example', MUFI_PRODUCTION_HOSTS: 'two.example,one.example' },
    'one.example',
  ],
  ['production behind key control', { MUFI_CONTROL_URL: 'https://api.mufi.app/control' }, 'api.mufi.app'],
  ['production behind the JWKS', { MUFI_JWKS_URL: 'https://api.mufi.app/jwks.json' }, 'api.mufi.app'],
  ...(
    [
      ['one.example', 'One.Example', 'one.example'],
      ['one.example', 'one.example.', 'one.example'],
      ['one.example.', 'one.example', 'one.example'],
      ['one.example', '.example', 'one.example'],
      ['example', '.example', 'example'],
      ['two.one.example', '.One.Example.', 'two.one.example'],
      ['one.example', '\ufeffone.example', 'one.example'],
      ['one.example', 'two.example , one.example ', 'one.example'],
      ['one.example:8443', 'one.example', 'one.example'],
      ['%6fne.example', 'one.example', 'one.example'],
      ['bücher.example', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
      ['xn--bcher-kva.example', 'BÜCHER.example', 'xn--bcher-kva.example'],
      ['127.0.0.1', '0x7f.1', '127.0.0.1'],
      ['0177.0.0.1', '127.0.0.1', '127.0.0.1'],
      ['2130706433', '127.0.0.1', '127.0.0.1'],
      ['[::ffff:127.0.0.1]', '127.0.0.1', '127.0.0.1'],
      ['127.0.0.1', '[::ffff:7f00:1]', '127.0.0.1'],
      ['[::ffff:7f00:1]', '::ffff:127.0.0.1', '127.0.0.1'],
      ['[0:0:0:0:0:0:0:1]', '::1', '::1'],
      ['[::1]', '[::1]', '::1'],
      ['my_host', 'my_host', 'my_host'],
    ] as const
  ).map(
    ([host, named, repeated]) =>
      [
        `${host} where ${JSON.stringify(named)} is named`,
        { MUFI_BASE_URL: `http://${host}`, MUFI_PRODUCTION_HOSTS: named },
        repeated,
      ] as const,
  ),
] as const;
