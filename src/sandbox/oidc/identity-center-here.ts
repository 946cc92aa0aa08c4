import type { SandboxRequest } from '../http/sandbox-request.ts';
import type { IdentityCenter } from '../organization.ts';
import type { World } from '../world.ts';

/**
 * The Identity Center with this start URL, if it lives where the request went: a real host names a region, and an instance is
 * unknown in every other. The sandbox's own portal address names its first instance.
 */
export function identityCenterHere(
  world: World,
  request: SandboxRequest,
  startUrl: string,
): IdentityCenter | undefined {
  const center = startUrl.startsWith(`${world.baseUrl}/start`)
    ? world.directory.identityCenters[0]
    : world.directory.identityCenter(startUrl);
  return center !== undefined && isHere(request, center) ? center : undefined;
}

/** Whether the request went to the region where this Identity Center lives. An endpoint override says nothing of regions. */
export function isHere(request: SandboxRequest, center: IdentityCenter): boolean {
  const { endpoint } = request;
  return endpoint.kind === 'loopback' || endpoint.region === undefined || endpoint.region === center.region;
}
