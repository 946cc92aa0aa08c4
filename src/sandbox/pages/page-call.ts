import type { SandboxReply } from '../http/sandbox-reply.ts';
import type { SandboxRequest } from '../http/sandbox-request.ts';
import type { World } from '../world.ts';

/** What a page works with. `form` holds the fields of a POST. */
export interface PageCall {
  readonly request: SandboxRequest;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly world: World;
  readonly now: Date;
}

/** Makes a page, or answers its form. */
export type Page = (call: PageCall) => SandboxReply;
