import type { World } from '../world.ts';
import type { AwsError } from './aws-error.ts';
import type { SandboxReply } from './sandbox-reply.ts';
import type { SandboxRequest, ServiceId } from './sandbox-request.ts';

/** One AWS service, or the web pages, as the dispatcher sees it. */
export interface Service {
  readonly id: ServiceId;
  /** The operation this request asks of the service; undefined where it is none of its requests. */
  identify(request: SandboxRequest): string | undefined;
  /** The request's parameters, for the log (secrets are taken out by name afterwards). */
  params(request: SandboxRequest): Iterable<readonly [string, string]>;
  /** Does the work. Throws AwsError to refuse. */
  handle(operation: string, request: SandboxRequest, world: World): SandboxReply | Promise<SandboxReply>;
  /** Writes a refusal in the service's format. */
  renderError(error: AwsError, request: SandboxRequest): SandboxReply;
  /** The service's way to say that it is asked too much. */
  throttled(): AwsError;
  /** The service's way to say that a token or credentials ended. */
  expired(): AwsError;
}
