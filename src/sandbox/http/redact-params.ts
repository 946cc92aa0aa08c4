const SECRET_NAMES = new Set([
  'accesstoken',
  'authenticationcode1',
  'authenticationcode2',
  'authenticationcode',
  'base32stringseed',
  'client_secret',
  'clientsecret',
  'code',
  'codeverifier',
  'devicecode',
  'oauth_code',
  'refreshtoken',
  'samlassertion',
  'secret',
  'secretaccesskey',
  'seed',
  'session',
  'sessiontoken',
  'signintoken',
  'tokencode',
  'webidentitytoken',
]);

const MAX_LOGGED_LENGTH = 2_000;

/** The parameters of a request as they may be logged: values of secret names become `[secret]`, long ones are cut. */
export function redactParams(params: Iterable<readonly [string, string]>): Record<string, string> {
  const logged: Record<string, string> = {};
  for (const [name, value] of params) {
    logged[name] = SECRET_NAMES.has(name.toLowerCase()) ? '[secret]' : value.slice(0, MAX_LOGGED_LENGTH);
  }
  return logged;
}
