import { describe, expect, test } from 'vitest';
import { refusedSwitch, setUpArgvGuard } from '../../src/main/argv-guard.ts';

describe('refused switches', () => {
  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '--remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '--REMOTE-DEBUGGING-PORT=9222',
    '-remote-debugging-port=9222',
    '/remote-debugging-port=9222',
    ' --remote-debugging-port=9222',
    '\t--remote-debugging-pipe\n',
    '--remote-allow-origins=*',
    '--no-sandbox',
    '--single-process',
    '--disable-gpu-sandbox',
    '--disable-setuid-sandbox',
    '--load-extension=/tmp/x',
    '--disable-extensions-except=/tmp/x',
    '--inspect',
    '--inspect-brk=0.0.0.0:1',
    '--js-flags=--expose-gc',
    '--disable-web-security',
    '--disable-site-isolation-trials',
    '--allow-running-insecure-content',
    '--renderer-cmd-prefix=xterm -e gdb',
    '--zygote-cmd-prefix=/tmp/x',
    '--gpu-launcher=/tmp/x',
    '--browser-subprocess-path=/tmp/x',
    '--host-rules=MAP * evil.test',
    '--host-resolver-rules=MAP * 127.0.0.1',
  ])('%s', (argument) => {
    expect(refusedSwitch(['/opt/Rolecall/rolecall', '--hidden', argument])).toBe(argument);
  });

  test.each([
    [['rolecall']],
    [['rolecall', '--hidden']],
    [['rolecall', '--sandbox', '--force-device-scale-factor=2', '--lang=ja']],
    [['/home/user/remote-debugging-port/rolecall']],
    [['rolecall', 'no-sandbox']],
    [['rolecall', '']],
  ])('%j is no reason to refuse', (argv) => {
    expect(refusedSwitch(argv)).toBeUndefined();
  });
});

function start(isPackaged: boolean, argv: readonly string[]) {
  const exits: (number | undefined)[] = [];
  const lines: string[] = [];
  const goesOn = setUpArgvGuard({ isPackaged, exit: (code) => exits.push(code) }, argv, (line) => lines.push(line));
  return { goesOn, exits, lines };
}

test('a packaged app ends with one line that names the option but not its value', () => {
  const { goesOn, exits, lines } = start(true, ['rolecall', '--remote-debugging-port=9222']);
  expect({ goesOn, exits }).toEqual({ goesOn: false, exits: [1] });
  expect(lines).toEqual([expect.stringContaining('--remote-debugging-port:')]);
});

test('an app that runs from its sources takes every switch, so that it can be debugged', () => {
  expect(start(false, ['electron', '.', '--remote-debugging-port=9222'])).toEqual({
    goesOn: true,
    exits: [],
    lines: [],
  });
});
