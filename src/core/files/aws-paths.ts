import { posix, win32 } from 'node:path';

/** Where the AWS CLI, boto3 and the SDKs keep what they share. Absolute paths. */
export interface AwsPaths {
  readonly configFile: string;
  readonly credentialsFile: string;
  /** Access tokens of Identity Center. No variable moves it. */
  readonly ssoCacheDir: string;
  /** Role credentials kept by the AWS CLI. No variable moves it. */
  readonly cliCacheDir: string;
  /** Tokens of `aws login`. */
  readonly loginCacheDir: string;
  /** The home folder of the JS SDK, which obeys HOME even on Windows, where botocore does not. Mostly the same as `homeDir`. */
  readonly jsHomeDir: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the files of `~/.aws` as botocore does: `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` and `AWS_LOGIN_CACHE_DIRECTORY`, with
 * `~` and variables in them expanded. Relative paths count from `workingDir`, or where this process works: asked for only then, since a
 * folder that was removed meanwhile is none any more.
 *
 * `homeDir` is Node's `os.homedir()`: HOME on POSIX, USERPROFILE on Windows, as in Python.
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/configloader.py and https://docs.python.org/3/library/os.path.html
 */
export function awsPaths(env: Environment, homeDir: string, platform: NodeJS.Platform, workingDir = ''): AwsPaths {
  const path = platform === 'win32' ? win32 : posix;
  const awsDir = path.join(homeDir, '.aws');
  const locate = (variable: string, fallback: string): string => {
    const value = env[variable];
    return value === undefined || value === ''
      ? fallback
      : path.resolve(workingDir, expandHome(expandVariables(value, env, platform), homeDir, platform));
  };
  return {
    configFile: locate('AWS_CONFIG_FILE', path.join(awsDir, 'config')),
    credentialsFile: locate('AWS_SHARED_CREDENTIALS_FILE', path.join(awsDir, 'credentials')),
    ssoCacheDir: path.join(awsDir, 'sso', 'cache'),
    cliCacheDir: path.join(awsDir, 'cli', 'cache'),
    loginCacheDir: locate('AWS_LOGIN_CACHE_DIRECTORY', path.join(awsDir, 'login', 'cache')),
    jsHomeDir: jsHome(env, homeDir),
  };
}

/** `os.path.expandvars`: a variable that is not set stays as written. */
function expandVariables(text: string, env: Environment, platform: NodeJS.Platform): string {
  const pattern = platform === 'win32' ? /\$(\w+)|\$\{([^}]*)\}|%([^%]+)%/g : /\$(\w+)|\$\{([^}]*)\}/g;
  return text.replace(pattern, (whole, plain?: string, braced?: string, percent?: string) => {
    const name = plain ?? braced ?? percent;
    return name === undefined ? whole : (env[name] ?? whole);
  });
}

/** `os.path.expanduser` for one's own home. Another user's (`~name`) stays as written. */
function expandHome(text: string, homeDir: string, platform: NodeJS.Platform): string {
  const isOwn = text === '~' || text.startsWith('~/') || (platform === 'win32' && text.startsWith('~\\'));
  return isOwn ? homeDir + text.slice(1) : text;
}

function jsHome(env: Environment, homeDir: string): string {
  const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = 'C:\\' } = env;
  return HOME || USERPROFILE || (HOMEPATH ? HOMEDRIVE + HOMEPATH : homeDir);
}
