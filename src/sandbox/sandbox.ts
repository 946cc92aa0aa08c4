import type { Clock } from '../core/model/clock.ts';
import type { SandboxControl } from './control.ts';
import type { FaultRule } from './faults/fault.ts';
import type { FaultBoard } from './faults/fault-board.ts';
import type { Organization } from './organization.ts';
import type { RequestLog } from './request-log.ts';
import type { RandomBytes } from './state/identifiers.ts';
import type { SandboxSettings } from './world.ts';

/** What a sandbox is made from. Every option has a default. */
export interface SandboxOptions {
  /** AWS's time, and the timer of its delays. The machine's by default. */
  readonly clock?: Clock;
  /** The loopback port; 0, the default, takes a free one. */
  readonly port?: number;
  /** Accounts, people and roles; the demo organization by default. */
  readonly organization?: Organization;
  /** Faults in force from the start. */
  readonly faults?: readonly FaultRule[];
  /** The portal's limit per signed-in person; none by default. AWS's own is 20. */
  readonly rateLimitPerSecond?: number;
  /** How late every answer is. */
  readonly latencyMs?: number;
  readonly settings?: Partial<SandboxSettings>;
  readonly random?: RandomBytes;
}

/** A running AWS on loopback. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, without a final slash: endpoint of every service, and the address of the pages. */
  readonly url: string;
  /** The start URL to give to clients: an https name that nothing is fetched from. */
  readonly startUrl: string;
  /** The region of the Identity Center. */
  readonly region: string;
  /** What was asked of it, without secrets. */
  readonly requests: RequestLog;
  readonly faults: FaultBoard;
  readonly control: SandboxControl;
  /** Environment variables that lead SDKs and Rolecall here by endpoint overrides. */
  env(): Record<string, string>;
  /** Environment variables that lead clients here which know no endpoint overrides: an HTTPS proxy and its authority. */
  proxyEnv(): Promise<Record<string, string>>;
  /** Ends it: every connection is cut, the port is free afterwards. */
  close(): Promise<void>;
}
