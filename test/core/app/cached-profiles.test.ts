import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cachedProfiles } from '../../../src/core/app/cached-profiles.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const HOUR_MS = 3_600_000;

async function cached() {
  const file = join(await scratchFolder(), 'config');
  const counts = { reads: 0, fails: false };
  // Seen from an hour later, what was just written has long settled.
  const read = cachedProfiles(
    [file, `${file}-other`],
    () => {
      counts.reads += 1;
      return counts.fails
        ? Promise.reject(new Error('EIO'))
        : Promise.resolve({ profiles: [], ssoSessions: [], problems: [] });
    },
    () => Date.now() + HOUR_MS,
  );
  return { file, counts, read };
}

describe('cached profiles', () => {
  test('are read once while the files stay as they are, also when there are none', async () => {
    const { file, counts, read } = await cached();
    await Promise.all([read(), read(), read()]);
    await read();
    expect(counts.reads).toBeLessThanOrEqual(3);
    const before = counts.reads;
    await writeFile(file, 'a');
    await read();
    await read();
    expect(counts.reads).toBe(before + 1);
  });

  test('are read again after every kind of change', async () => {
    const { file, counts, read } = await cached();
    await writeFile(file, 'a');
    await read();
    const changes = [
      () => writeFile(file, 'b!'),
      () => utimes(file, 1, 1),
      async () => {
        await writeFile(`${file}.new`, 'b!');
        await rename(`${file}.new`, file);
      },
      () => writeFile(`${file}-other`, ''),
    ];
    for (const change of changes) {
      const before = counts.reads;
      await change();
      await read();
      expect(counts.reads).toBe(before + 1);
    }
  });

  test('a reading that failed is not kept', async () => {
    const { counts, read } = await cached();
    counts.fails = true;
    await expect(read()).rejects.toThrow('EIO');
    counts.fails = false;
    await read();
    expect(counts.reads).toBe(2);
  });

  test('a file that was changed this very moment is read each time: its stamp may not tell the next change', async () => {
    const file = join(await scratchFolder(), 'config');
    const counts = { reads: 0 };
    const read = cachedProfiles(
      [file],
      () => {
        counts.reads += 1;
        return Promise.resolve({ profiles: [], ssoSessions: [], problems: [] });
      },
      () => Date.now(),
    );
    await writeFile(file, 'a');
    await read();
    await read();
    expect(counts.reads).toBe(2);
  });
});
