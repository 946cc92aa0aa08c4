import type { AppState } from '../../shared/app-state.ts';
import type { Client } from '../../shared/client.ts';
import { unpackMessage } from '../../shared/sent-message.ts';
import { applyStateMessage, type StateMessage } from '../../shared/state-message.ts';
import { createCell, type Cell } from './cell.ts';

/** The state as this page last heard of it, and whether it still hears. */
export interface FollowedState {
  /** Undefined until the first snapshot. */
  readonly state: Cell<AppState | undefined>;
  readonly connected: Cell<boolean>;
  /** Ends the subscription. */
  readonly stop: () => void;
}

/** Runs `action` before the next frame is drawn, or soon where no frame is (a hidden page). */
export type NextFrame = (action: () => void) => void;

/**
 * Follows the client's state. Messages that arrive within one frame are applied together, so that a directory that streams in draws
 * once a frame; the first snapshot is applied at once.
 */
export function followState(client: Client, nextFrame: NextFrame): FollowedState {
  const state = createCell<AppState | undefined>(undefined);
  const connected = createCell(true);
  let waiting: StateMessage[] = [];
  const applyWaiting = (): void => {
    const messages = waiting;
    waiting = [];
    state.set(messages.reduce(applyMessage, state.get()));
  };
  const endState = client.subscribe((message) => {
    waiting.push(unpackMessage(message));
    if (state.get() === undefined) {
      applyWaiting();
    } else if (waiting.length === 1) {
      nextFrame(applyWaiting);
    }
  });
  const endConnection = client.onConnection((isConnected) => connected.set(isConnected));
  return {
    state,
    connected,
    stop() {
      endState();
      endConnection();
    },
  };
}

/** The state after a message; changes that come before the first snapshot have nothing to change. */
function applyMessage(state: AppState | undefined, message: StateMessage): AppState | undefined {
  return message.kind === 'snapshot'
    ? message.state
    : state === undefined
      ? undefined
      : applyStateMessage(state, message);
}
