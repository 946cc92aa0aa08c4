import { expect, test } from 'vitest';
import { awsPaths } from '../../../src/core/files/aws-paths.ts';

test('without variables everything is in ~/.aws', () => {
  expect(awsPaths({}, '/home/me', 'linux')).toEqual({
    configFile: '/home/me/.aws/config',
    credentialsFile: '/home/me/.aws/credentials',
    ssoCacheDir: '/home/me/.aws/sso/cache',
    cliCacheDir: '/home/me/.aws/cli/cache',
    loginCacheDir: '/home/me/.aws/login/cache',
    jsHomeDir: '/home/me',
  });
});

test.each<[what: string, value: string, path: string]>([
  ['an absolute path', '/etc/aws config', '/etc/aws config'],
  ['a tilde', '~/x/config', '/home/j\u00f6 e/x/config'],
  ['a tilde alone', '~', '/home/j\u00f6 e'],
  ['another user’s home, which stays as written', '~root/x', '/work/~root/x'],
  ['a variable', '$DIR/config', '/data/config'],
  ['a variable in braces', '${DIR}/config', '/data/config'],
  ['a variable that is not set', '$NOPE/config', '/work/$NOPE/config'],
  ['a variable that gives a tilde', '$TILDE/config', '/home/j\u00f6 e/config'],
  ['a relative path', 'sub/config', '/work/sub/config'],
  ['nothing, which is as if it were not set', '', '/home/j\u00f6 e/.aws/config'],
  ['a percent sign, plain on POSIX', '/a/%DIR%', '/a/%DIR%'],
])('AWS_CONFIG_FILE may be %s', (_, value, path) => {
  const env = { AWS_CONFIG_FILE: value, DIR: '/data', TILDE: '~' };
  expect(awsPaths(env, '/home/j\u00f6 e', 'linux', '/work').configFile).toBe(path);
});

test('each file has its own variable; the caches of tokens and credentials have none', () => {
  const env = { AWS_CONFIG_FILE: '/c', AWS_SHARED_CREDENTIALS_FILE: '/s', AWS_LOGIN_CACHE_DIRECTORY: '/l' };
  expect(awsPaths(env, '/home/me', 'darwin')).toMatchObject({
    configFile: '/c',
    credentialsFile: '/s',
    loginCacheDir: '/l',
    ssoCacheDir: '/home/me/.aws/sso/cache',
    cliCacheDir: '/home/me/.aws/cli/cache',
  });
});

test('on Windows paths, tildes and percent signs are those of Windows', () => {
  const home = 'C:\\Users\\J\u00f6 E';
  const env = {
    AWS_CONFIG_FILE: '%APPDATA%\\aws\\config',
    AWS_SHARED_CREDENTIALS_FILE: '~\\creds',
    APPDATA: 'D:\\Data',
  };
  expect(awsPaths(env, home, 'win32', 'C:\\work')).toMatchObject({
    configFile: 'D:\\Data\\aws\\config',
    credentialsFile: `${home}\\creds`,
    ssoCacheDir: `${home}\\.aws\\sso\\cache`,
  });
});

test('the JS SDK obeys HOME also on Windows', () => {
  expect(
    awsPaths({ HOME: '/c/Users/me', USERPROFILE: 'C:\\Users\\me' }, 'C:\\Users\\me', 'win32', 'C:\\').jsHomeDir,
  ).toBe('/c/Users/me');
  expect(awsPaths({ HOMEDRIVE: 'C:', HOMEPATH: '\\Users\\me' }, 'C:\\x', 'win32', 'C:\\').jsHomeDir).toBe(
    'C:\\Users\\me',
  );
});
