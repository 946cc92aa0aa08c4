import { expect, test } from 'vitest';
import { OperationOrder } from '../../../src/core/secrets/operation-order.ts';
import { settle } from '../../helpers/fake-clock.ts';

/** Operations that log when they begin and end, and end only when told to. */
function recorder() {
  const log: string[] = [];
  const release = new Map<string, () => void>();
  const operation = (label: string) => async (): Promise<string> => {
    log.push(`${label} begins`);
    await new Promise<void>((resolve) => release.set(label, resolve));
    log.push(`${label} ends`);
    return label;
  };
  return { log, operation, end: async (label: string) => (await settle(), release.get(label)?.(), settle()) };
}

test('operations on one name never overlap, those on different names do', async () => {
  const order = new OperationOrder();
  const { log, operation, end } = recorder();
  void order.forName('a', operation('set a'));
  void order.forName('a', operation('get a'));
  void order.forName('b', operation('get b'));
  await settle();
  expect(log).toEqual(['set a begins', 'get b begins']);
  await end('set a');
  expect(log).toEqual(['set a begins', 'get b begins', 'set a ends', 'get a begins']);
});

test('an operation on the whole store waits for those before it and holds back those after it', async () => {
  const order = new OperationOrder();
  const { log, operation, end } = recorder();
  void order.forName('a', operation('set a'));
  void order.alone(operation('move'));
  void order.forName('b', operation('get b'));
  void order.alone(operation('names'));
  await settle();
  expect(log).toEqual(['set a begins']);
  await end('set a');
  expect(log).toEqual(['set a begins', 'set a ends', 'move begins']);
  await end('move');
  expect(log.slice(-2)).toEqual(['move ends', 'get b begins']);
  await end('get b');
  expect(log.at(-1)).toBe('names begins');
});

test('one that fails reports it and does not hold up the next', async () => {
  const order = new OperationOrder();
  const failing = order.forName('a', () => Promise.reject(new Error('no')));
  const next = order.forName('a', async () => 'next');
  const alone = order.alone(() => Promise.reject(new Error('neither')));
  const last = order.alone(async () => 'last');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('next');
  await expect(alone).rejects.toThrow('neither');
  await expect(last).resolves.toBe('last');
});
