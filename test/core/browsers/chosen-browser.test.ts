import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browsersOf } from '../../../src/core/browsers/chosen-browser.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { parseOpener, type OpenerId } from '../../../src/shared/console-opener.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const CANARY = 'SigninToken=CANARYCANARYCANARY';
const SIGNED = new Secret(`https://signin.aws.amazon.com/federation?Action=login&${CANARY}`);

/** A browser that writes down what it was started with, and comes for the page. */
const BROWSER = `#!/bin/sh
here="$(/usr/bin/dirname "$0")"
for word in "$@"; do /usr/bin/printf '%s\\n' "$word" >> "$here/argv"; done
/usr/bin/env > "$here/env"
for last in "$@"; do :; done
case "$last" in ext+*) last="$(/usr/bin/printf '%b' "$(/usr/bin/printf '%s' "$last" | /usr/bin/sed 's/.*&url=//; s/&.*//; s/%/\\\\x/g')")";; esac
/usr/bin/curl -s -o /dev/null -D "$here/headers" "$last"
`;

async function machineWith(program: string, script: string, files: Readonly<Record<string, string>> = {}) {
  const homeDir = await scratchFolder();
  const bin = join(homeDir, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, program), script, { mode: 0o755 });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(homeDir, file, '..'), { recursive: true });
    await writeFile(join(homeDir, file), text);
  }
  const opened: string[] = [];
  const machine = { clock: systemClock(), platform: 'linux', homeDir, env: { PATH: bin, HOME: homeDir } } as const;
  const byDefault = { open: async (url: Secret) => void opened.push(url.reveal()) };
  return {
    browsers: browsersOf(byDefault, machine),
    bin,
    opened,
    read: (file: string) => readFile(join(bin, file), 'utf8'),
  };
}

function place(id: OpenerId) {
  const opener = parseOpener(id);
  if (opener === undefined) {
    throw new Error(`${id} is no opener`);
  }
  return { opener, container: { name: 'Production Admin', colour: undefined } };
}

async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.join('\n');
}

describe('a signed address', () => {
  const profiles = { '.config/google-chrome/Local State': '{"profile":{"info_cache":{"Profile 1":{"name":"Work"}}}}' };

  test('reaches a profile as a redirect; neither arguments nor environment hold it', async () => {
    const { browsers, read, opened } = await machineWith('google-chrome', `${BROWSER}sleep 0.3\n`, profiles);
    await browsers.open(SIGNED, place('browser:chrome/Profile 1'));
    expect(await commandLines()).not.toContain('CANARY');
    await expect.poll(() => read('headers').catch(() => '')).toContain(CANARY);
    const [profile, address, ...more] = (await read('argv')).trim().split('\n');
    expect([profile, more]).toEqual(['--profile-directory=Profile 1', []]);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    expect((await read('argv')) + (await read('env'))).not.toContain('CANARY');
    expect(opened).toEqual([]);
  });

  test('reaches a container of Firefox as a redirect within the add-on’s address', async () => {
    const { browsers, read } = await machineWith('firefox', BROWSER);
    await browsers.open(SIGNED, place('granted:firefox'));
    await expect.poll(() => read('headers').catch(() => '')).toContain(CANARY);
    expect(await read('argv')).toMatch(
      /^--new-tab\next\+granted-containers:name=Production%20Admin&url=http%3A%2F%2F127\.0\.0\.1%3A\d+%2F[\w-]{43}&color=&icon=briefcase\n$/,
    );
  });

  test('goes to the default browser where nothing else is said', async () => {
    const { browsers, opened, bin } = await machineWith('google-chrome', BROWSER);
    await browsers.open(SIGNED);
    await browsers.open(SIGNED, place('default'));
    await browsers.open(SIGNED, place('multi-session'));
    expect(opened).toEqual([SIGNED.reveal(), SIGNED.reveal(), SIGNED.reveal()]);
    expect(await readdir(bin)).toEqual(['google-chrome']);
  });
});

describe('what is not there', () => {
  test('a browser that is gone is named, and nothing is opened in its place', async () => {
    const { browsers, opened } = await machineWith('google-chrome', BROWSER);
    await expect(browsers.open(SIGNED, place('browser:vivaldi'))).rejects.toMatchObject({
      code: 'browser-gone',
      message: expect.stringContaining('Vivaldi') as string,
      hint: expect.stringContaining('default browser') as string,
    });
    expect(opened).toEqual([]);
  });

  test('a profile that is gone is not made anew by the browser', async () => {
    const { browsers, bin } = await machineWith('google-chrome', BROWSER);
    await expect(browsers.open(SIGNED, place('browser:chrome/Profile 9'))).rejects.toMatchObject({
      code: 'browser-gone',
      message: expect.stringContaining('profile Profile 9 of Google Chrome') as string,
    });
    expect(await readdir(bin)).toEqual(['google-chrome']);
  });

  test('a browser that fails is an error at once, which names the add-on where one is needed', async () => {
    const { browsers } = await machineWith('firefox', '#!/bin/sh\nexit 3\n');
    await expect(browsers.open(SIGNED, place('container:firefox'))).rejects.toMatchObject({
      code: 'browser-failed',
      hint: expect.stringContaining('Open external links in a container') as string,
    });
  });
});

test('the choices are the default browser, multi-session, and what is installed; one profile alone is not named', async () => {
  const ini = '[Profile0]\nName=default\n[Profile1]\nName=AWS\n';
  const { browsers } = await machineWith('firefox', BROWSER, { '.mozilla/firefox/profiles.ini': ini });
  const choices = await browsers.openers();
  expect(choices.map(({ id }) => id)).toEqual([
    'default',
    'multi-session',
    'browser:firefox',
    'browser:firefox/default',
    'browser:firefox/AWS',
    'private:firefox',
    'granted:firefox',
    'container:firefox',
  ]);
  expect(choices.every(({ id }) => parseOpener(id) !== undefined)).toBe(true);
  expect(JSON.stringify(choices)).not.toContain('/bin/');
});

test.skipIf(!existsSync('/usr/bin/chromium'))(
  'the real Chromium opens the page in the profile that was chosen',
  async () => {
    const visits: string[] = [];
    const server = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.end('<p>here</p>');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void server.close());
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/console?SigninToken=real`;
    // Root needs --no-sandbox, and this machine has no screen: a program around the real one adds both, and keeps its process.
    const wrapper = [
      '#!/bin/sh',
      'echo $$ > "$HOME/pid"',
      'exec /usr/bin/chromium --headless=new --no-sandbox --disable-gpu --no-first-run --user-data-dir="$HOME/.config/chromium" "$@"',
      '',
    ].join('\n');
    const state = '{"profile":{"info_cache":{"Default":{"name":"Me"},"Profile 1":{"name":"Work"}}}}';
    const { browsers, bin } = await machineWith('chromium', wrapper, { '.config/chromium/Local State': state });
    onTestFinished(async () => {
      const pid = Number(await readFile(join(bin, '../pid'), 'utf8'));
      process.kill(-pid, 'SIGKILL');
      // Its files can be removed once nobody writes them any more.
      await expect.poll(commandLines, { timeout: 10_000 }).not.toContain(join(dirname(bin), '.config/chromium'));
    });
    await browsers.open(new Secret(target), place('browser:chromium/Profile 1'));
    await expect.poll(() => visits, { timeout: 20_000 }).toContain('/console?SigninToken=real');
    await expect
      .poll(() => existsSync(join(bin, '../.config/chromium/Profile 1/Preferences')), { timeout: 20_000 })
      .toBe(true);
    expect(existsSync(join(bin, '../.config/chromium/Default/Preferences'))).toBe(false);
  },
  60_000,
);
