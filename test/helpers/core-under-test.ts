import { onTestFinished } from 'vitest';
import type { ServingCore } from '../../src/core/app/core.ts';
import { activityFile } from '../../src/core/app/activity-log.ts';
import { createCore } from '../../src/core/app/create-core.ts';
import type { KeptValue } from '../../src/core/app/kept-value.ts';
import type { Surroundings } from '../../src/core/session/ports.ts';
import type { CommandInput, CommandName, CommandResult } from '../../src/shared/commands.ts';
import type { Reply } from '../../src/shared/reply.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts';
import { FakeClipboard } from './fake-clipboard.ts';
import type { FakeClock } from './fake-clock.ts';
import { FakeServices } from './fake-services.ts';
import { scratchSurroundings } from './surroundings.ts';

/** A value kept in memory. */
export function keptInMemory<Value>(initial: Value): KeptValue<Value> & { value: Value } {
  const kept = {
    value: initial,
    read: () => Promise.resolve(kept.value),
    update: (change: (value: Value) => Value) => Promise.resolve((kept.value = change(kept.value))),
  };
  return kept;
}

/** A core over fake use cases, with a clock the test moves. */
export interface CoreUnderTest {
  readonly core: ServingCore;
  readonly surroundings: Surroundings;
  readonly fake: FakeServices;
  readonly clock: FakeClock;
  readonly clipboard: FakeClipboard;
  readonly shell: { readonly calls: unknown[] };
  readonly activityFile: string;
  readonly execute: <Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ) => Promise<Reply<CommandResult<Name>>>;
}

/** `prepare` runs before the core starts. What it keeps is in memory, or in the files that `writeKept` writes into our own folder. */
export async function coreUnderTest(
  prepare: (fake: FakeServices) => void = () => {},
  settings: Partial<Settings> = {},
  writeKept?: (rolecallHome: string) => Promise<void>,
): Promise<CoreUnderTest> {
  const under = await unstartedCore(prepare, settings, writeKept);
  await under.core.start();
  return under;
}

/** The same, before it starts. */
export async function unstartedCore(
  prepare: (fake: FakeServices) => void,
  settings: Partial<Settings>,
  writeKept?: (rolecallHome: string) => Promise<void>,
): Promise<CoreUnderTest> {
  const surroundings = await scratchSurroundings();
  await writeKept?.(surroundings.rolecallHome);
  const clipboard = new FakeClipboard();
  const calls: unknown[] = [];
  const made: { fake?: FakeServices } = {};
  const core = await createCore({
    surroundings,
    app: { version: '0.0.0', shell: 'host', sandbox: undefined },
    services: ({ prompt }) => {
      made.fake = new FakeServices(surroundings.clock, prompt);
      prepare(made.fake);
      return Promise.resolve(made.fake.services);
    },
    clipboard,
    shell: {
      quit: () => calls.push('quit'),
      openWindow: (where) => calls.push(where),
      openDemo: async () => void calls.push('demo'),
      showFolder: async () => {},
    },
    ...(writeKept === undefined && {
      kept: {
        settings: keptInMemory({ ...DEFAULT_SETTINGS, ...settings }),
        marks: keptInMemory({}),
        recentTargets: keptInMemory([]),
        watch: () => () => {},
      },
    }),
  });
  onTestFinished(() => core.close());
  const asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
  return {
    core,
    surroundings,
    fake: made.fake as FakeServices,
    clock: surroundings.clock,
    clipboard,
    shell: { calls },
    activityFile: activityFile(surroundings.rolecallHome),
    execute: (name, input) => core.execute(name, input, { asker }) as never,
  };
}
