import { ec2Service } from '../ec2/ec2-service.ts';
import { federationService } from '../federation/federation-service.ts';
import { iamService } from '../iam/iam-service.ts';
import { oidcService } from '../oidc/oidc-service.ts';
import { pageService } from '../pages/page-service.ts';
import { portalService } from '../portal/portal-service.ts';
import { s3Service } from '../s3/s3-service.ts';
import { signinService } from '../signin/signin-service.ts';
import { ssmService } from '../ssm/ssm-service.ts';
import { stsService } from '../sts/sts-service.ts';
import type { SandboxRequest } from './sandbox-request.ts';
import type { Service } from './service.ts';

/** In the order in which a shared endpoint tries them; S3 is last, since only its signature tells it. */
const SERVICES: readonly Service[] = [
  oidcService,
  portalService,
  federationService,
  signinService,
  stsService,
  iamService,
  ssmService,
  ec2Service,
  s3Service,
  pageService,
];

/** A request's service and operation. */
export interface Route {
  readonly service: Service;
  readonly operation: string;
}

/** Finds who answers. A real host name admits only its own services; undefined where nobody answers. */
export function routeRequest(request: SandboxRequest): Route | undefined {
  const { endpoint } = request;
  const allowed =
    endpoint.kind === 'aws' ? SERVICES.filter((service) => endpoint.services.includes(service.id)) : SERVICES;
  for (const service of allowed) {
    const operation = service.identify(request);
    if (operation !== undefined) {
      return { service, operation };
    }
  }
  return undefined;
}
