/**
 * What the child process of `childKeyring` runs: one operation on the keyring, asked for as JSON on stdin, answered as JSON on stdout.
 *
 * It is a text and not a module, so that it works in every bundle and needs no file of its own. Nothing in it is secret; the request,
 * which may hold a key, comes through the pipe, since a command line can be read by other users.
 */
export const KEYRING_CHILD_SCRIPT = `
let text = '';
process.stdin.setEncoding('utf8').on('data', (piece) => (text += piece)).on('end', () => {
  let answer;
  try {
    const { modulePath, service, account, options, operation, value } = JSON.parse(text);
    const entry = new (require(modulePath).Entry)(service, account, options);
    if (operation === 'read') answer = { value: entry.getPassword() ?? undefined };
    else if (operation === 'write') answer = { value: entry.setPassword(value) ?? undefined };
    else if (operation === 'remove') answer = { removed: entry.deleteCredential() };
    else answer = {};
  } catch (error) {
    answer = { error: String(error && error.message) };
  }
  process.stdout.write(JSON.stringify(answer));
});
`;

/** What the script reads. */
export interface KeyringChildRequest {
  readonly modulePath: string;
  readonly service: string;
  readonly account: string;
  readonly options: unknown;
  readonly operation: 'probe' | 'read' | 'write' | 'remove';
  readonly value?: string;
}
