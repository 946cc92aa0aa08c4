import { execFile } from 'node:child_process';
import { sleep, type Clock } from '../core/model/clock.ts';
import type { TrayIcon } from './tray.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const IS_THERE = 'IsStatusNotifierHostRegistered';

const GET = 'org.freedesktop.DBus.Properties.Get';

/** Ways to ask the session's bus: GLib's program, or systemd's. */
const QUESTIONS: readonly (readonly [string, ...string[]])[] = [
  [
    'gdbus',
    'call',
    '--session',
    `--dest=${WATCHER}`,
    `--object-path=${WATCHER_PATH}`,
    `--method=${GET}`,
    WATCHER,
    IS_THERE,
  ],
  ['busctl', '--user', 'get-property', WATCHER, WATCHER_PATH, WATCHER, IS_THERE],
];

const ANSWER_MS = 3_000;
const LOOK_EVERY_MS = 1_000;
/** A desktop that has no panel by then has none. */
const MAX_LOOKS = 60;

/** Whether a panel of this Linux desktop takes icons now; undefined where there is no program to ask with. */
export async function isTrayHostThere(env: Environment): Promise<boolean | undefined> {
  for (const question of QUESTIONS) {
    const answer = await ask(question, env);
    if (answer !== undefined) {
      return /\btrue\b/.test(answer);
    }
  }
  return undefined;
}

/** What the program printed, nothing where it failed, as it does without a panel; undefined where it is not installed. */
function ask([program, ...args]: readonly [string, ...string[]], env: Environment): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ANSWER_MS, env }, (error, stdout) => {
      resolve(error === null ? stdout : error.code === 'ENOENT' ? undefined : '');
    });
  });
}

/** Resolves when a panel is there, or cannot be waited for any longer; rejects with the signal's reason. */
export async function untilTrayHost(
  look: () => Promise<boolean | undefined>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (let looks = 0; looks < MAX_LOOKS && (await look()) === false; looks += 1) {
    await sleep(clock, LOOK_EVERY_MS, signal);
  }
  signal.throwIfAborted();
}

/** An icon that comes when `ready` resolves; until then it is nowhere. */
export function lateTray(ready: (signal: AbortSignal) => Promise<void>, make: () => TrayIcon): TrayIcon {
  const ending = new AbortController();
  let tray: TrayIcon | undefined;
  const come = async (): Promise<void> => {
    const isReady = await ready(ending.signal).then(
      () => true,
      () => false,
    );
    // The app may have ended first.
    if (isReady && !ending.signal.aborted) {
      tray = make();
    }
  };
  void come();
  return {
    bounds: () => tray?.bounds() ?? { x: 0, y: 0, width: 0, height: 0 },
    refresh: () => tray?.refresh(),
    close: () => {
      ending.abort();
      tray?.close();
    },
  };
}
