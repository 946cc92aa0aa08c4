import { StateStore } from '../../src/core/app/state-store.ts';
import type { Caller, Core } from '../../src/core/app/core.ts';
import type { Clock } from '../../src/core/model/clock.ts';
import type { Reply } from '../../src/shared/reply.ts';
import { emptyAppState } from './app-state.ts';

/** A core without anything behind it: notes the commands it gets and answers each alike. */
export class FakeCore implements Core {
  readonly state: StateStore;
  readonly commands: { readonly name: unknown; readonly input: unknown; readonly caller: Caller }[] = [];
  reply: Reply<unknown> = { ok: true, value: null };

  constructor(clock: Clock) {
    this.state = new StateStore(clock, emptyAppState());
  }

  execute(name: unknown, input: unknown, caller: Caller): Promise<Reply<unknown>> {
    this.commands.push({ name, input, caller });
    return Promise.resolve(this.reply);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  onPowerEvent(): void {}

  notify(notice: Parameters<Core['notify']>[0]): void {
    this.state.update((state) => ({ notices: [...state.notices.filter(({ id }) => id !== notice.id), notice] }));
  }
}
