import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a session's keyring is. */
export interface SessionOptions {
  /** Where keyrings are kept; the same one again is the same user's next login. */
  readonly home: string;
  /**
   * `unlocked`: as after a login. `locked`: the service runs, nobody has unlocked it. `empty`: it runs and has no keyring yet.
   * `none`: a bus without any keyring service. `hanging`: a service that does not
   * answer. `denied`: a bus that lets nobody talk to the service.
   */
  readonly keyring: 'unlocked' | 'locked' | 'empty' | 'none' | 'hanging' | 'denied';
  /** An X display for the keyring's window that asks for the password. */
  readonly display?: string;
}

/** A D-Bus session with GNOME Keyring, as a desktop has, without a desktop. */
export interface DesktopSession {
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const DAEMON = 'gnome-keyring-daemon --foreground --components=secrets';
const SERVICES = {
  unlocked: `printf testpw | ${DAEMON} --unlock >/dev/null 2>&1 &`,
  locked: `${DAEMON} >/dev/null 2>&1 </dev/null &`,
  empty: `${DAEMON} >/dev/null 2>&1 </dev/null &`,
  denied: `printf testpw | ${DAEMON} --unlock >/dev/null 2>&1 &`,
  none: ':',
  hanging: ':',
};

/** Why such sessions cannot be had on this machine; undefined when they can. */
export function missingProgram(programs: readonly string[]): string | undefined {
  const absent = programs.find((program) => spawnSync('which', [program]).status !== 0);
  return absent === undefined ? undefined : `${absent} is not installed here`;
}

/** Starts one and waits until its keyring can be asked. */
export async function startSession(options: SessionOptions): Promise<DesktopSession> {
  const runtime = await mkdtemp(path.join(tmpdir(), 'rolecall-run-'));
  const config = await writeBusConfig(runtime, options.keyring);
  const waitForService = `for i in $(seq 100); do dbus-send --session --dest=org.freedesktop.DBus --print-reply / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true && break; sleep 0.05; done`;
  const needsService = options.keyring !== 'none' && options.keyring !== 'hanging';
  const script = `${SERVICES[options.keyring]}\n${needsService ? waitForService : ''}\necho "$DBUS_SESSION_BUS_ADDRESS"\ncat >/dev/null\nkill $! 2>/dev/null`;
  await mkdir(options.home, { recursive: true });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: options.home,
    XDG_RUNTIME_DIR: runtime,
    ...(options.display === undefined ? {} : { DISPLAY: options.display }),
  };
  const child = spawn('dbus-run-session', [`--config-file=${config}`, '--', 'bash', '-c', script], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (piece: string) => resolve(piece.trim()));
    child.on('error', reject);
    child.on('close', () => reject(new Error('the D-Bus session ended before it began')));
  });
  return {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address },
    stop: async () => {
      child.stdin.end();
      await ended;
      await rm(runtime, { recursive: true, force: true });
    },
  };
}

/** A bus that starts no service by itself, save one that never answers where that is wanted. */
async function writeBusConfig(folder: string, keyring: SessionOptions['keyring']): Promise<string> {
  const services = path.join(folder, 'services');
  await mkdir(services);
  if (keyring === 'hanging') {
    const service = '[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sleep 2\n';
    await writeFile(path.join(services, 'org.freedesktop.secrets.service'), service);
  }
  const denial = keyring === 'denied' ? '<deny send_destination="org.freedesktop.secrets"/>' : '';
  const prompter = keyring === 'locked' ? '<standard_session_servicedirs/>' : '';
  const config = path.join(folder, 'bus.conf');
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=${folder}</listen><servicedir>${services}</servicedir>${prompter}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>${denial}</policy></busconfig>`,
  );
  return config;
}
