import { expect, test } from 'vitest';
import { createRouter } from '../../../src/renderer/state/router.ts';

/** A window of which only the address matters. */
function addressBar(hash: string) {
  const listeners: (() => void)[] = [];
  const location = { hash };
  return {
    location: location as Location,
    addEventListener: (_type: string, listener: unknown) => void listeners.push(listener as () => void),
    /** As Back and Forward do. */
    moveTo(next: string) {
      location.hash = next;
      listeners.forEach((listener) => listener());
    },
  };
}

test('begins where the address says, writes where it goes, and follows Back', () => {
  const bar = addressBar('#/doctor/clock');
  const router = createRouter(bar);
  expect(router.place.get()).toEqual({ page: 'doctor', subject: 'clock' });
  router.go('profiles', 'a/b');
  expect([router.place.get(), bar.location.hash]).toEqual([{ page: 'profiles', subject: 'a/b' }, '#/profiles/a%2Fb']);
  bar.moveTo('#/doctor/clock');
  expect(router.place.get()).toEqual({ page: 'doctor', subject: 'clock' });
});
