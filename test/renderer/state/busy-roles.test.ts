import { expect, test } from 'vitest';
import { createBusyRoles } from '../../../src/renderer/state/busy-roles.ts';

test('a role is busy until the last thing under way for it has ended', () => {
  const busy = createBusyRoles();
  busy.begin(['a', 'b']);
  busy.begin(['a']);
  busy.end(['a', 'b']);
  expect([...busy.keys.get()]).toEqual(['a']);
  busy.end(['a']);
  expect(busy.keys.get().size).toBe(0);
});

test('who watches is told of each change', () => {
  const busy = createBusyRoles();
  const seen: number[] = [];
  busy.keys.subscribe(() => seen.push(busy.keys.get().size));
  busy.begin(['a', 'b']);
  busy.end(['a']);
  expect(seen).toEqual([2, 1]);
});
