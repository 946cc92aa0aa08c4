import { expect, test } from 'vitest';
import { folderBackups } from '../../../../src/core/files/aws-file-backups.ts';
import { systemClock, type Clock } from '../../../../src/core/model/clock.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import { sealCopiesWith, sealedCopies } from '../../../../src/core/session/keys/sealed-copies.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

const PATH = '/home/alice/.aws/credentials';
const DAY_MS = 24 * 60 * 60 * 1_000;

function clockAt(time: { ms: number }): Clock {
  return { ...systemClock(), now: () => new Date(time.ms) };
}

test('the first plain copy is still the first once the copies are sealed, and stays', async () => {
  const time = { ms: Date.UTC(2026, 0, 1) };
  const plain = folderBackups(await scratchFolder(), clockAt(time));
  const sealed = sealedCopies(new MemoryStore(), clockAt(time));
  for (let turn = 0; turn < 15; turn += 1) {
    await plain.save(PATH, Buffer.from(`hush ${turn}`));
    time.ms += DAY_MS;
  }
  await sealed.save(PATH, Buffer.from('hush, before the key left'));
  await sealCopiesWith(new Secret('hush'), PATH, plain, sealed);
  const kept = await sealed.list(PATH);
  const texts = await Promise.all(kept.map(async ({ id }) => Buffer.from((await sealed.read(id)) ?? []).toString()));
  expect(texts[0]).toBe('hush 0');
  expect(texts.at(-1)).toBe('hush, before the key left');
  expect(kept[0]?.takenAt).toEqual(new Date(Date.UTC(2026, 0, 1)));
  expect(await plain.list(PATH)).toEqual([]);
});

test('the first and the latest stay when the clock was set back', async () => {
  const time = { ms: Date.UTC(2027, 0, 1) };
  const sealed = sealedCopies(new MemoryStore(), clockAt(time));
  const ids: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    ids.push(await sealed.save(PATH, Buffer.from(String(turn))));
    time.ms += turn < 9 ? DAY_MS : -30 * DAY_MS;
  }
  const kept = (await sealed.list(PATH)).map(({ id }) => id);
  expect([kept[0], ...kept.slice(-2)]).toEqual([ids[0], ...ids.slice(-2)]);
});
