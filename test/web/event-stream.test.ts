import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { StateStore } from '../../src/core/app/state-store.ts';
import type { AccountState, DirectoryState } from '../../src/shared/app-state.ts';
import { unpackMessage, type SentMessage } from '../../src/shared/sent-message.ts';
import { applyStateMessage } from '../../src/shared/state-message.ts';
import { streamState } from '../../src/web/event-stream.ts';
import { emptyAppState } from '../helpers/app-state.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

/** A page that reads when it is told to, and keeps the state by what it read. */
class SlowPage extends EventEmitter {
  state = emptyAppState();
  isReading = false;

  write(line: string): boolean {
    this.state =
      line === '\n' ? this.state : applyStateMessage(this.state, unpackMessage(JSON.parse(line) as SentMessage));
    return this.isReading;
  }
  end(): void {}
  read(): void {
    this.isReading = true;
    this.emit('drain');
  }
}

function directory(...numbers: readonly number[]): DirectoryState {
  const accounts = numbers.map((number): AccountState => {
    const accountId = String(number).padStart(12, '0');
    return { accountId, name: `account ${number}`, email: '', roles: ['Admin'], stale: false };
  });
  return { accounts, refreshedAt: undefined, progress: undefined, failure: undefined, changes: undefined };
}

test('a page that was behind forgets a row that came and went about the time it caught up', async () => {
  const clock = new FakeClock();
  const store = new StateStore(clock, emptyAppState());
  const page = new SlowPage();
  const end = streamState(page as unknown as ServerResponse, store, clock);
  store.update(() => ({ directories: { corp: directory(1) } }));
  store.update(() => ({ directories: { corp: directory(1, 2) } }));
  page.read();
  expect(page.state.directories['corp']?.accounts.length).toBe(2);
  store.update(() => ({ directories: { corp: directory(1) } }));
  await clock.advance(100);
  expect(page.state.directories).toEqual(store.get().directories);
  end();
});
