import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleScript } from '../helpers/run-ts.ts';
import { onATerminalTyped } from '../helpers/types-on-a-terminal.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

const SCRIPT = `
import { openTerminal } from '${join(import.meta.dirname, '../../src/cli/terminal-prompt.ts')}';
const terminal = openTerminal(process.platform);
const { signal } = new AbortController();
const first = await terminal.readHidden('First: ', signal);
const second = await terminal.readHidden('Second: ', signal);
terminal.close();
console.log(JSON.stringify([first.reveal(), second.reveal()]));
process.exit(0);
`;

test.skipIf(process.platform === 'win32').each(['one\rtwo\r', 'one\r\ntwo\r\n', 'one\ntwo\n'])(
  'two lines pasted at once, as %j, answer two questions of one terminal',
  async (typed) => {
    const script = await bundleScript(await scratchFolder(), 'asks', SCRIPT);
    const { code, stdout } = await onATerminalTyped(typed, [process.execPath, script], {});
    expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, last: '["one","two"]' });
  },
);
