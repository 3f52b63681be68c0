/** HMAC secrets from tutorials, templates, default configurations and lists of secrets found in use. */
const words = `
secret Secret SECRET password Password changeme change-me changeit changethis admin root test testing demo example
default key private mysecret my-secret my_secret mysecretkey my-secret-key my_secret_key secretkey secret-key secret_key
supersecret super-secret super_secret supersecretkey super-secret-key topsecret top-secret verysecret very-secret
shhhhh shhhhhh shhhh shh jwt jwtsecret jwt-secret jwt_secret JWT_SECRET jwtkey jwt-key jwt_key jwtSecret jwtSecretKey
jwt_secret_key jwtPrivateKey myJwtSecret my-jwt-secret your_jwt_secret your-jwt-secret yourjwtsecret your_secret
your-secret yoursecret your_secret_key your-secret-key yoursecretkey your_jwt_secret_key your-256-bit-secret
your-384-bit-secret your-512-bit-secret a-string-secret-at-least-256-bits-long
a-string-secret-at-least-512-bits-long-which-is-very-long-indeed-yes your-very-long-secret-key some-secret somesecret
some_secret token tokensecret token-secret token_secret access_token_secret accesstokensecret refreshtokensecret
accessTokenSecret auth authsecret auth-secret api apikey api-key api_key apisecret api-secret api_secret app appsecret
app-secret APP_SECRET APP_KEY SECRET_KEY SecretKey ThisIsASecret thisisasecret thisismysecret thisIsMySecret
this-is-a-secret ThisTokenIsNotSoSecretChangeIt ThisIsASecretKey secret123 Secret123 password123 admin123 123456
12345678 123456789 1234567890 qwerty letmein abc123 foobar foo bar hello helloworld hmac hmac-secret HS256 hs256-secret
none null undefined nil true false [object Object] node nodejs express django flask rails laravel spring
keyboard-cat dev development production staging gfg_jwt_secret_key django-insecure SECRET_KEY_BASE
NEXTAUTH_SECRET AUTH_SECRET super-secret-jwt-token-with-at-least-32-characters-long mufi Mufi mufi-secret
`;

const sentences = [
  '',
  '\u0000',
  'keyboard cat',
  'top secret',
  'my secret',
  'my secret key',
  'your secret',
  'your secret key',
  'this is a secret',
  'this is my secret',
  'some secret value',
  '[object Object]',
  'change me',
  '00000000000000000000000000000000',
  '0123456789abcdef0123456789abcdef',
  // The tutorial of FastAPI.
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
];

/**
 * Without duplicates. HMAC pads short secrets with zero bytes, so the empty secret covers secrets of zero bytes too.
 */
export const leakedSecrets: readonly string[] = [...new Set([...sentences, ...words.trim().split(/\s+/)])];
