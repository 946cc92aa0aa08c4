import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ClipboardKeeper } from '../../src/core/app/clipboard-keeper.ts';
import { Secret } from '../../src/core/model/secret.ts';
import { clipboardTools } from '../../src/web/clipboard-tools.ts';
import { createClipboard } from '../../src/web/system-clipboard.ts';
import type { Programs } from '../../src/web/run-program.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { scratchFolder, scratchSurroundings } from '../helpers/surroundings.ts';

const TEXT = "export AWS_SECRET_ACCESS_KEY='CANARY/+='\nexport AWS_REGION='eu-west-1'\n";

async function namedClipboard(script?: string) {
  const folder = await scratchFolder();
  const program = join(folder, 'clip board');
  const text = script ?? 'echo "$@" >> "$0.argv"\nif [ "$1" = copy ]; then cat > "$0.text"; else cat "$0.text"; fi';
  await writeFile(program, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  await writeFile(`${program}.text`, '');
  const clock = new FakeClock();
  const env = { ROLECALL_CLIPBOARD: program, PATH: process.env['PATH'] };
  const surroundings = await scratchSurroundings({ clock, env });
  return { clipboard: createClipboard(surroundings), clock, held: () => readFile(`${program}.text`, 'utf8'), program };
}

describe('a clipboard program', () => {
  test('gets the text on stdin, byte for byte, and never as an argument', async () => {
    const { clipboard, held, program } = await namedClipboard();
    await clipboard.write(new Secret(TEXT));
    expect(await held()).toBe(TEXT);
    expect(await readFile(`${program}.argv`, 'utf8')).toBe('copy\n');
  });

  test('is emptied after the set time if it still holds our text', async () => {
    const { clipboard, clock, held } = await namedClipboard();
    await new ClipboardKeeper(clipboard, clock).ask().put(new Secret(TEXT), 60);
    await clock.advance(60_000);
    await expect.poll(held).toBe('');
  });

  test('keeps what somebody else put there', async () => {
    const { clipboard, held, program } = await namedClipboard();
    await clipboard.write(new Secret(TEXT));
    await writeFile(`${program}.text`, 'theirs');
    await clipboard.clearIfStill(new Secret(TEXT));
    expect(await held()).toBe('theirs');
  });

  test('that fails is an error without the text; clearing never throws', async () => {
    const { clipboard } = await namedClipboard('cat >&2; exit 1');
    const error = await clipboard.write(new Secret(TEXT)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'clipboard-failed',
      hint: expect.stringContaining('ROLECALL_CLIPBOARD') as string,
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('CANARY');
    await clipboard.clearIfStill(new Secret(TEXT));
  });

  test('that does not read its input is an error, not a crash', async () => {
    const { clipboard } = await namedClipboard('exec <&-; exit 1');
    await expect(clipboard.write(new Secret('x'.repeat(500_000)))).rejects.toMatchObject({ code: 'clipboard-failed' });
  });
});

describe('without a program named', () => {
  test.each([
    ['linux', { WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }, ['wl-copy', 'wl-copy', 'xclip', 'xsel']],
    ['linux', { DISPLAY: ':0' }, ['xclip', 'xsel']],
    ['linux', { WSL_DISTRO_NAME: 'Debian' }, ['powershell.exe']],
    ['linux', {}, []],
    ['darwin', {}, ['osascript', 'pbcopy']],
    ['win32', { SystemRoot: String.raw`D:\W` }, [String.raw`D:\W\System32\WindowsPowerShell\v1.0\powershell.exe`]],
  ] as const)('%s with %j has %j', (platform, env, expected) => {
    expect(clipboardTools({ platform, env }).map(({ copy }) => copy[0])).toEqual(expected);
  });

  test.each([
    ['knows --sensitive', '--sensitive', ['--sensitive']],
    ['is too old for it', '', ['--sensitive', '']],
  ])('wl-copy is told that the text is no business of clipboard managers; where it %s', async (_what, known, calls) => {
    const folder = await scratchFolder();
    const script = `#!/bin/sh\necho "$*" >> ${folder}/calls\n[ "$*" = '${known}' ] || exit 1\ncat > ${folder}/text\n`;
    await writeFile(join(folder, 'wl-copy'), script, { mode: 0o755 });
    const env = { WAYLAND_DISPLAY: 'w', PATH: `${folder}:${process.env['PATH']}` };
    await createClipboard(await scratchSurroundings({ env })).write(new Secret('ours'));
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(calls.map((call) => `${call}\n`).join(''));
    expect(await readFile(join(folder, 'text'), 'utf8')).toBe('ours');
  });

  test('the next tool is tried when one is not installed', async () => {
    const fed: string[] = [];
    const programs: Programs = {
      launch: () => Promise.reject(new Error('unused')),
      feed([program = '']) {
        fed.push(program);
        return program === 'xsel' ? Promise.resolve(0) : Promise.reject(new Error('ENOENT'));
      },
      read: ([program = '']) => (program === 'xsel' ? Promise.resolve('ours') : Promise.reject(new Error('ENOENT'))),
    };
    const surroundings = await scratchSurroundings({ env: { DISPLAY: ':0' } });
    const clipboard = createClipboard(surroundings, programs);
    await clipboard.write(new Secret('ours'));
    expect(fed).toEqual(['xclip', 'xsel']);
    await clipboard.clearIfStill(new Secret('ours'));
    expect(fed).toEqual(['xclip', 'xsel', 'xsel']);
  });

  test.each([
    [{ DISPLAY: ':0', PATH: '/nowhere' }, 'xclip or xsel'],
    [{ PATH: '/nowhere' }, 'no screen'],
  ])('with %j and nothing installed the error says what to do', async (env, hint) => {
    const clipboard = createClipboard(await scratchSurroundings({ env }));
    await expect(clipboard.write(new Secret('x'))).rejects.toMatchObject({
      hint: expect.stringContaining(hint) as string,
    });
  });
});
