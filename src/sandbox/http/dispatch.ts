import { sleep } from '../../core/model/clock.ts';
import type { Fault } from '../faults/fault.ts';
import { replyInstead } from '../faults/reply-instead.ts';
import type { RequestLog } from '../request-log.ts';
import { parseAuthorizationHeader } from '../sigv4/authorization-header.ts';
import type { World } from '../world.ts';
import { AwsError } from './aws-error.ts';
import { redactParams } from './redact-params.ts';
import { routeRequest, type Route } from './route-request.ts';
import { jsonReply, type SandboxReply } from './sandbox-reply.ts';
import { headerOf, type SandboxRequest } from './sandbox-request.ts';

/** What goes back to the client: a reply and the faults on its way, or nothing at all. */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: SandboxReply; readonly faults: readonly Fault[] }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

/** Answers one request: log, faults before, the service, its errors. */
export async function dispatch(request: SandboxRequest, world: World, log: RequestLog): Promise<Outcome> {
  const route = routeRequest(request);
  const finish = log.add({
    at: world.clock.now(),
    service: route?.service.id ?? 'unknown',
    operation: route?.operation ?? `${request.method} ${request.path}`,
    params: redactParams(route?.service.params(request) ?? []),
    host: headerOf(request, 'host') ?? '',
    ...optional('userAgent', headerOf(request, 'user-agent')),
    ...optional('accessKeyId', parseAuthorizationHeader(headerOf(request, 'authorization') ?? '')?.accessKeyId),
  });
  if (route === undefined) {
    finish({ status: 404, errorCode: 'UnknownOperation' });
    return { kind: 'reply', reply: nobody(request), faults: [] };
  }
  const faults = world.faults.take(route.service.id, route.operation);
  await delay(world, faults);
  const stopped = faults.find((fault) => fault.kind === 'reset' || fault.kind === 'hang-before-headers');
  if (stopped !== undefined) {
    return { kind: stopped.kind === 'reset' ? 'reset' : 'hang' };
  }
  const { reply, errorCode } = await answer(route, request, world, faults);
  finish({ status: reply.status, ...optional('errorCode', errorCode) });
  return { kind: 'reply', reply, faults };
}

async function delay(world: World, faults: readonly Fault[]): Promise<void> {
  const delays = faults.map((fault) => (fault.kind === 'latency' ? fault.latencyMs : 0));
  const totalMs = delays.reduce((sum, ms) => sum + ms, world.faults.latencyMs);
  if (totalMs > 0) {
    await sleep(world.clock, totalMs);
  }
}

async function answer(
  route: Route,
  request: SandboxRequest,
  world: World,
  faults: readonly Fault[],
): Promise<{ readonly reply: SandboxReply; readonly errorCode?: string }> {
  const { service, operation } = route;
  try {
    for (const fault of faults) {
      const instead = replyInstead(fault, service, world.now());
      if (instead !== undefined) {
        return { reply: instead, errorCode: `fault:${fault.kind}` };
      }
    }
    return { reply: await service.handle(operation, request, world) };
  } catch (error) {
    const refusal = error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', 'The sandbox failed.');
    const reply = service.renderError(refusal, request);
    const retryAfter = refusal.fields['retryAfter'] ?? (refusal.status === 429 ? world.faults.retryAfter : undefined);
    const errorCode = error instanceof AwsError ? refusal.code : `InternalFailure: ${String(error)}`;
    return {
      reply: retryAfter === undefined ? reply : { ...reply, headers: { ...reply.headers, 'retry-after': retryAfter } },
      errorCode,
    };
  }
}

function nobody(request: SandboxRequest): SandboxReply {
  return jsonReply(404, { message: `The sandbox has no ${request.method} ${request.path} here.` });
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
