const MAX_LENGTH = 64;
const PREFIX = 'rolecall-';

/**
 * The name under which our sessions appear in CloudTrail: it carries the user of this machine, so that an administrator sees who it was.
 * AWS takes 2 to 64 characters of `[\w+=,.@-]`.
 */
export function defaultSessionName(env: Readonly<Record<string, string | undefined>>): string {
  const user = env['USER'] || env['LOGNAME'] || env['USERNAME'] || 'user';
  const plain = user.normalize('NFKD').replaceAll(/[^\w+=,.@-]/g, '');
  return `${PREFIX}${plain === '' ? 'user' : plain}`.slice(0, MAX_LENGTH);
}
