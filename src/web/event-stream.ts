import type { ServerResponse } from 'node:http';
import type { Clock } from '../core/model/clock.ts';
import type { StateView } from '../core/app/state-store.ts';
import { packMessage } from '../shared/sent-message.ts';
import type { StateMessage } from '../shared/state-message.ts';

/** An empty line this often: the page knows that the host lives, and the host learns that the page is gone. */
export const HEARTBEAT_MS = 15_000;

/**
 * Sends the state to a page: one JSON message a line, first a snapshot, then every change; empty lines are heartbeats.
 *
 * A page that reads too slowly is not queued for: it gets a fresh snapshot once it has read what is under way.
 * Returns the function that ends the stream.
 */
export function streamState(response: ServerResponse, state: StateView, clock: Clock): () => void {
  const flow = { behind: false, missed: false, cancelBeat: () => {} };
  const write = (line: string): void => {
    flow.behind = !response.write(line);
  };
  const tell = (message: StateMessage): void => {
    if (flow.behind) {
      flow.missed = true;
    } else {
      write(`${JSON.stringify(packMessage(message))}\n`);
    }
  };
  let unsubscribe = state.subscribe(tell);
  response.on('drain', () => {
    flow.behind = false;
    if (flow.missed) {
      flow.missed = false;
      unsubscribe();
      unsubscribe = state.subscribe(tell);
    }
  });
  const beat = (): void => {
    flow.cancelBeat = clock.setTimer(HEARTBEAT_MS, () => {
      if (!flow.behind) {
        write('\n');
      }
      beat();
    });
  };
  beat();
  const end = (): void => {
    flow.cancelBeat();
    unsubscribe();
    response.end();
  };
  response.on('close', end);
  return end;
}
