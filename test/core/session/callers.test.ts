import { expect, test } from 'vitest';
import { Callers } from '../../../src/core/session/callers.ts';
import { SingleFlight } from '../../../src/core/session/resolve/single-flight.ts';

const named = (program: string) => ({ program, pid: undefined, folder: undefined, parents: [] });
const role = (profile: string) => ({ kind: 'profile', profile }) as const;
const caller = (program: string, profile = 'p') => ({ asker: named(program), target: role(profile) });

test('work that several wait for is for the first of them, then for the first that is left', async () => {
  const flights = new SingleFlight<string>();
  const seen: { callers?: Callers } = {};
  const leaving = { one: new AbortController(), two: new AbortController() };
  const join = (signal: AbortSignal, program: string) =>
    flights
      .run('key', signal, (_signal, callers) => ((seen.callers = callers), new Promise(() => {})), caller(program))
      .catch(() => undefined);
  const one = join(leaving.one.signal, 'terraform');
  const two = join(leaving.two.signal, 'boto');
  expect(seen.callers?.first()).toEqual(caller('terraform'));
  leaving.one.abort();
  await one;
  expect(seen.callers?.first()).toEqual(caller('boto'));
  leaving.two.abort();
  await two;
  expect(seen.callers?.first()).toBeUndefined();
});

test('where work waits for other work, that one is for those behind, with the words of what they want', () => {
  const session = new Callers();
  const admin = new Callers();
  const leaveTerraform = admin.add(caller('terraform', 'admin'));
  const leaveBoto = admin.add(caller('boto', 'admin-too'));
  session.add({ ...caller('terraform', 'admin'), title: 'Admin', accountId: '1', callers: admin });
  session.add({ ...caller('aws', 'staging'), title: 'Staging', accountId: '2' });
  const told: unknown[] = [];
  session.onChange(() => told.push(session.first()));
  leaveTerraform();
  leaveBoto();
  expect(told).toEqual([
    { ...caller('boto', 'admin-too'), title: 'Admin', accountId: '1' },
    { ...caller('aws', 'staging'), title: 'Staging', accountId: '2' },
  ]);
});
