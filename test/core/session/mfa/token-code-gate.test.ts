import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../../src/core/model/secret.ts';
import { deviceMemoryFile } from '../../../../src/core/session/mfa/device-memory-file.ts';
import { memoryDeviceMemories, type DeviceMemories } from '../../../../src/core/session/mfa/device-memory.ts';
import { TokenCodeGate } from '../../../../src/core/session/mfa/token-code-gate.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

const DEVICE = 'arn:aws:iam::111122223333:mfa/alice';
const code = (text: string): Secret => new Secret(text);

function gateAt(clock: FakeClock, memories: DeviceMemories = memoryDeviceMemories()): TokenCodeGate {
  return new TokenCodeGate(memories, () => clock.now());
}

async function fileMemories(): Promise<{
  readonly folder: string;
  readonly open: () => DeviceMemories;
  readonly log: string[];
}> {
  const folder = await scratchFolder();
  const log: string[] = [];
  const path = join(folder, 'mfa-devices.json');
  return {
    folder,
    log,
    open: () => deviceMemoryFile({ path, lockDir: join(folder, 'locks'), log: (line) => log.push(line) }),
  };
}

describe('one code', () => {
  test('is let through once, also much later', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await gate.claim(DEVICE, code('111111'));
    await expect(gate.claim(DEVICE, code('111111'))).rejects.toMatchObject({ code: 'mfa-code-rejected' });
    await clock.advance(61_000);
    await expect(gate.claim(DEVICE, code('111111'))).rejects.toMatchObject({ code: 'mfa-code-rejected' });
    await gate.claim(DEVICE, code('222222'));
  });

  test('of another device does not matter', async () => {
    const gate = gateAt(new FakeClock());
    await gate.claim(DEVICE, code('111111'));
    await gate.claim(`${DEVICE}2`, code('111111'));
  });

  test('is let through to one of two processes that send it at the same moment', async () => {
    const clock = new FakeClock();
    const { open } = await fileMemories();
    const claims = await Promise.allSettled(
      [1, 2, 3, 4].map(() => gateAt(clock, open()).claim(DEVICE, code('111111'))),
    );
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('another code of the same half minute', () => {
  test('is let through here after one that AWS rejected', async () => {
    const gate = gateAt(new FakeClock());
    const claim = await gate.claim(DEVICE, code('111111'));
    await claim.rejected();
    expect(await gate.nextCodeAt(DEVICE)).toBeUndefined();
    await gate.claim(DEVICE, code('222222'));
  });

  test('is not let through where another process sent one that may be this', async () => {
    const clock = new FakeClock();
    const { open } = await fileMemories();
    await gateAt(clock, open()).claim(DEVICE, code('111111'));
    const other = gateAt(clock, open());
    await expect(other.claim(DEVICE, code('222222'))).rejects.toMatchObject({
      nextCodeAt: await other.nextCodeAt(DEVICE),
    });
    await clock.advance(30_000);
    await other.claim(DEVICE, code('333333'));
  });
});

describe('a clock that was wrong', () => {
  test.each(['2100-01-01T00:00:00Z', '2026-11-24T12:00:00Z'])(
    'and said %s does not close the gate for years',
    async (when) => {
      const clock = new FakeClock(when);
      const gate = gateAt(clock);
      await gate.claim(DEVICE, code('111111'));
      clock.jumpTo('2026-11-23T12:00:00Z');
      expect(await gate.nextCodeAt(DEVICE)).toBeUndefined();
      await gate.claim(DEVICE, code('222222'));
    },
  );
});

describe('a state file', () => {
  const good = JSON.stringify({ version: 1, value: { [DEVICE]: { strategy: 'per-role', lastWindow: 5 } } });

  test.each<readonly [string, string]>([
    ['empty', ''],
    ['zeros', '\0'.repeat(200)],
    ['no JSON', '{{{'],
    ['a list', '[]'],
    ['of a newer version', JSON.stringify({ version: 99, value: {} })],
    ['of wrong types', JSON.stringify({ version: 1, value: { [DEVICE]: { strategy: 'guess', lastWindow: '5' } } })],
    ['deeply nested', '['.repeat(100_000)],
    ...[10, 20, 40, 60].map((length) => [`cut at ${length}`, good.slice(0, length)] as const),
  ])('that is %s is put aside, kept, and does not stop anybody', async (_name, text) => {
    const { folder, open, log } = await fileMemories();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'mfa-devices.json'), text);
    expect(await open().read(DEVICE)).toEqual({});
    await open().update(DEVICE, () => ({ lastWindow: 7 }));
    expect(await open().read(DEVICE)).toEqual({ lastWindow: 7 });
    expect((await readdir(folder)).some((name) => name.includes('unreadable'))).toBe(true);
    expect(log).toHaveLength(1);
  });

  test('that cannot be written does not stop anybody: this process remembers', async () => {
    const { folder, log } = await fileMemories();
    await writeFile(join(folder, 'not-a-folder'), '');
    const path = join(folder, 'not-a-folder', 'mfa-devices.json');
    const memories = deviceMemoryFile({
      path,
      lockDir: join(folder, 'not-a-folder', 'locks'),
      log: (line) => log.push(line),
    });
    await memories.update(DEVICE, () => ({ lastWindow: 7 }));
    expect(await memories.read(DEVICE)).toEqual({ lastWindow: 7 });
    expect(log[0]).toMatch(/could not be kept/);
  });

  test('holds no code', async () => {
    const { folder, open } = await fileMemories();
    const clock = new FakeClock();
    await gateAt(clock, open()).claim(DEVICE, code('918273'));
    expect(await readFile(join(folder, 'mfa-devices.json'), 'utf8')).not.toContain('918273');
  });
});
