import type { Core } from '../core/app/core.ts';
import { Secret } from '../core/model/secret.ts';
import type { Surroundings } from '../core/session/ports.ts';
import type { ParsedCommand } from '../shared/commands.ts';
import { placeHash } from '../shared/pages.ts';
import { createPageOpener, type PageOpener } from './browser-launcher.ts';
import type { HostParts } from './host-routes.ts';
import { createHostServer, listenOnLoopback } from './host-server.ts';
import { PageKeys } from './page-keys.ts';
import { readStaticFiles } from './static-files.ts';

/** How the loopback host is started. */
export interface HostOptions {
  readonly surroundings: Surroundings;
  /** Already made; the caller starts and closes it. */
  readonly core: Pick<Core, 'state' | 'execute' | 'notify'>;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether to open a browser; otherwise the address is printed. */
  readonly open: boolean;
  /** The built screen: `dist/renderer`. */
  readonly assetsDir: string;
  /** Gets the lines meant for the user's terminal; among them the one-shot address. Stdout when left out. */
  readonly print?: (line: string) => void;
  /** Opens a page in a browser; the machine's own when left out. */
  readonly opener?: PageOpener;
}

/** The running host. */
export interface Host {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** A new one-shot address, good for five minutes; for the user's eyes only. */
  newAddress(): Secret;
  /** Opens one more window, at a page where one is named, or prints the address where no browser can be started. */
  openWindow(where?: ParsedCommand<'openWindow'>): Promise<void>;
  close(): Promise<void>;
}

/** A browser that we start needs seconds; its command line can be read by others meanwhile. */
const OPENED_CODE_MS = 30_000;
/** A person has to copy a printed address. */
const PRINTED_CODE_MS = 5 * 60_000;

/** Serves the screen on 127.0.0.1 and opens it. Throws PortTakenError, or what reading `assetsDir` throws. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { surroundings, core } = options;
  const opened = new Set<() => void>();
  const parts: HostParts = {
    core,
    clock: surroundings.clock,
    keys: new PageKeys(surroundings.clock),
    files: await readStaticFiles(options.assetsDir),
    streams: new Map(),
    onPageOpened: () => {
      for (const listener of opened) {
        listener();
      }
    },
  };
  const server = createHostServer(parts);
  const port = await listenOnLoopback(server, options.port);
  parts.keys.onRevoked((key) => endStreams(parts, key));
  const origin = `http://127.0.0.1:${port}`;
  const address = (lifetimeMs: number, where: ParsedCommand<'openWindow'> = {}): Secret =>
    new Secret(`${origin}/#b=${parts.keys.issueCode(lifetimeMs).reveal()}${placePart(where)}`);
  const openWindow = windowOpener(options, address, opened);
  if (options.open) {
    await openWindow();
  } else {
    printAddress(options, address(PRINTED_CODE_MS));
  }
  return {
    port,
    origin,
    newAddress: () => address(PRINTED_CODE_MS),
    openWindow,
    async close() {
      // Windows that have not come are waited for no longer: an address printed for them would lead nowhere.
      parts.onPageOpened();
      endStreams(parts);
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function endStreams(parts: HostParts, ofKey?: Buffer): void {
  for (const [end, key] of parts.streams) {
    if (ofKey === undefined || key.equals(ofKey)) {
      end();
    }
  }
}

function windowOpener(
  options: HostOptions,
  address: (lifetimeMs: number, where?: ParsedCommand<'openWindow'>) => Secret,
  opened: Set<() => void>,
): Host['openWindow'] {
  const opener = options.opener ?? createPageOpener(options.surroundings);
  const { clock } = options.surroundings;
  return async (where) => {
    const onOpened = (): void => {
      cancelTimer();
      opened.delete(onOpened);
    };
    const giveUp = (): void => {
      if (opened.has(onOpened)) {
        onOpened();
        printAddress(options, address(PRINTED_CODE_MS, where));
      }
    };
    // A browser that starts but never shows the page (no display, a first-run dialog) must not leave the user without an address.
    const cancelTimer = clock.setTimer(OPENED_CODE_MS, giveUp);
    opened.add(onOpened);
    if (!(await opener(address(OPENED_CODE_MS, where)))) {
      giveUp();
    }
  };
}

/** The page to open at, behind the code: the page's script reads both and takes them out of the address. */
function placePart({ page, subject }: ParsedCommand<'openWindow'>): string {
  return page === undefined ? '' : `&at=${encodeURIComponent(placeHash({ page, subject }))}`;
}

function printAddress(options: HostOptions, address: Secret): void {
  const print = options.print ?? ((line: string) => process.stdout.write(`${line}\n`));
  print(`Open this address in a browser on this machine (good once, for five minutes): ${address.reveal()}`);
}
