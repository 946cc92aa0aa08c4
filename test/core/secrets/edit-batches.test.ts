import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/model/secret.ts';
import { EditBatches, type Edit } from '../../../src/core/secrets/edit-batches.ts';
import type { SecretEntries } from '../../../src/core/secrets/secret-entries.ts';
import { settle } from '../../helpers/fake-clock.ts';

const adding =
  (id: string): Edit =>
  (entries) =>
    entries.set(id, { kind: 'access-key', id, secret: new Secret(id) }).has(id);

function slowSaves() {
  const entries: SecretEntries = new Map();
  const saves: string[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const batches = new EditBatches<string>(async (edit, options) => {
    const isChanged = edit(entries);
    saves.push(`${options}:${[...entries.keys()].join('')}:${isChanged}`);
    await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  });
  const end = async (error?: Error) => {
    const first = waiting.shift();
    (error === undefined ? first?.resolve : () => first?.reject(error))?.();
    await settle();
  };
  return { batches, saves, end };
}

test('edits that arrive during a save are saved together after it', async () => {
  const { batches, saves, end } = slowSaves();
  const first = batches.add(adding('a'), 'x');
  await settle();
  const others = ['b', 'c', 'd'].map((id) => batches.add(adding(id), 'x'));
  await settle();
  expect(saves).toEqual(['x:a:true']);
  await end();
  await first;
  expect(saves).toEqual(['x:a:true', 'x:abcd:true']);
  await end();
  await Promise.all(others);
});

test('edits with other options are saved apart, in order', async () => {
  const { batches, saves, end } = slowSaves();
  void batches.add(adding('a'), 'x');
  void batches.add(() => false, 'y');
  void batches.add(adding('b'), 'x');
  for (let round = 0; round < 3; round += 1) {
    await settle();
    await end();
  }
  expect(saves).toEqual(['x:a:true', 'y:a:false', 'x:ab:true']);
});

test('a save that fails fails for those in it alone', async () => {
  const { batches, end } = slowSaves();
  const failing = ['a', 'b'].map((id) => batches.add(adding(id), 'x').catch((error: unknown) => error));
  await settle();
  const next = batches.add(adding('c'), 'x');
  await end(new Error('disk full'));
  expect((await Promise.all(failing)).map(String)).toEqual(['Error: disk full', 'Error: disk full']);
  await end();
  await expect(next).resolves.toBeUndefined();
});
