/** The keys in `~/.aws` that hold secrets, and those by which other tools keep them. A file's path is no secret. */
const SECRET_KEY = /secret|password|passphrase|token(?!.*(?:_file|_path|_endpoint|_url)$)/;

/** Whether the value of this key (in any case) must never be shown or logged. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key.toLowerCase());
}
