type Platform = 'linux' | 'darwin' | 'win32';

/**
 * A command line for the user's own terminal that hands a key of Leapp's over to the secret store: from the system's keychain, by a pipe, in no
 * argument and in no file. `sessionId` comes from Leapp's file, so only what cannot mean anything to a shell is put into the line.
 */
export function keychainCommand(sessionId: string, profile: string, platform: Platform): string {
  const id = sessionId.replace(/[^A-Za-z0-9-]/g, '');
  const accounts = ['access-key-id', 'secret-access-key'].map((part) => `${id}-iam-user-aws-session-${part}`);
  switch (platform) {
    case 'linux':
      return piped(
        accounts.map((account) => `secret-tool lookup service Leapp account ${account}`).join('; echo; '),
        profile,
      );
    case 'darwin':
      return piped(
        accounts.map((account) => `security find-generic-password -s Leapp -a ${account} -w`).join('; '),
        profile,
      );
    case 'win32':
      return `rolecall keys add ${profile}`;
  }
}

/** The same for a key that aws-vault keeps, whatever its backend. */
export function awsVaultCommand(profile: string, platform: Platform): string {
  return platform === 'win32'
    ? `rolecall keys add ${profile}`
    : `aws-vault exec ${profile} --no-session -- sh -c 'echo "$AWS_ACCESS_KEY_ID"; echo "$AWS_SECRET_ACCESS_KEY"' | rolecall keys add ${profile}`;
}

function piped(commands: string, profile: string): string {
  return `{ ${commands}; } | rolecall keys add ${profile}`;
}
