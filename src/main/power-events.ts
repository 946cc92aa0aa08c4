import type { Net, PowerMonitor } from 'electron';
import type { PowerEvent } from '../core/app/core.ts';
import type { Clock } from '../core/model/clock.ts';

/** Electron tells the state of the network but not its changes. */
const NETWORK_LOOK_MS = 5_000;

/** Tells the core what the machine does: sleep, lock, network. Returns the function that ends it. */
export function setUpPowerEvents(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  net: Pick<Net, 'isOnline'>,
  clock: Clock,
  tell: (event: PowerEvent) => void,
): () => void {
  let online = net.isOnline();
  const lookAtNetwork = (): void => {
    const now = net.isOnline();
    if (now !== online) {
      online = now;
      tell(now ? 'online' : 'offline');
    }
  };
  powerMonitor.on('resume', () => {
    tell('resume');
    lookAtNetwork();
  });
  powerMonitor.on('unlock-screen', () => tell('unlock'));
  powerMonitor.on('lock-screen', () => tell('lock'));
  // What the clipboard holds must not lie in a machine that sleeps: treat it as locked.
  powerMonitor.on('suspend', () => tell('lock'));
  // Another user of this Mac takes over.
  powerMonitor.on('user-did-resign-active', () => tell('lock'));
  let cancel = clock.setTimer(NETWORK_LOOK_MS, function look() {
    lookAtNetwork();
    cancel = clock.setTimer(NETWORK_LOOK_MS, look);
  });
  return () => cancel();
}
