import { partitionById } from '../../core/model/partition.ts';
import { AwsError } from '../http/aws-error.ts';
import { redirectReply, type SandboxReply } from '../http/sandbox-reply.ts';
import type { SandboxRequest } from '../http/sandbox-request.ts';
import { principalAccount, type Principal } from '../state/principal.ts';
import type { World } from '../world.ts';

/**
 * Opens the console with a sign-in token and leads the browser to it.
 *
 * The real console would be at Destination; here the sandbox's own page stands for it and shows where it would be.
 */
export function login(params: URLSearchParams, request: SandboxRequest, world: World): SandboxReply {
  const grant = world.consoles.grant(params.get('SigninToken') ?? '', world.now());
  if (grant === undefined) {
    throw new AwsError(
      400,
      'InvalidRequest',
      'The credentials in your login link were invalid. Please contact your administrator.',
    );
  }
  const destination = requireDestination(params.get('Destination'), grant.principal);
  const session = world.consoles.open({
    principal: grant.principal,
    endsAt: grant.consoleEndsAt,
    openedBy: `federation, issued by ${params.get('Issuer') ?? 'nobody named'}`,
  });
  const page = new URLSearchParams({ session: session.sessionId, destination });
  return redirectReply(`${request.origin}/console?${page.toString()}`);
}

/** A destination must be a console page of the credentials' own partition. */
function requireDestination(destination: string | null, principal: Principal): string {
  const url = destination !== null && URL.canParse(destination) ? new URL(destination) : undefined;
  const consoleHost = partitionById(principalAccount(principal).partition)?.consoleHost ?? '';
  const isConsole =
    url?.protocol === 'https:' && (url.hostname === consoleHost || url.hostname.endsWith(`.${consoleHost}`));
  if (url === undefined || !isConsole) {
    throw new AwsError(400, 'InvalidRequest', 'Invalid Destination parameter');
  }
  return url.href;
}
