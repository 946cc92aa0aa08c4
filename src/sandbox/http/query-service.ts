import type { Caller } from '../sigv4/authenticate.ts';
import { authenticate } from '../sigv4/authenticate.ts';
import { QUERY_AUTHENTICATION_ERRORS } from '../sigv4/query-errors.ts';
import type { World } from '../world.ts';
import { AwsError } from './aws-error.ts';
import { xmlReply, type SandboxReply } from './sandbox-reply.ts';
import { formOf, type SandboxRequest } from './sandbox-request.ts';
import type { Service } from './service.ts';
import { escapeXml, xmlContent, type XmlValue } from './xml.ts';

/** What an operation of a Query service works with. */
export interface QueryCall {
  readonly params: URLSearchParams;
  readonly world: World;
  readonly now: Date;
}

/** An operation that needs a signature. Returns the members of its result, or undefined where the shape has none. */
export type SignedOperation = (call: QueryCall & { readonly caller: Caller }) => XmlValue;

/** An operation that anyone may call. */
export type UnsignedOperation = (call: QueryCall) => XmlValue;

/** A service of AWS's Query protocol: form in, XML out. Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export interface QueryServiceDefinition {
  readonly id: 'sts' | 'iam';
  readonly version: string;
  readonly xmlNamespace: string;
  readonly signed: Readonly<Record<string, SignedOperation>>;
  readonly unsigned: Readonly<Record<string, UnsignedOperation>>;
}

/** Builds the service from its operations. */
export function queryService(definition: QueryServiceDefinition): Service {
  return {
    id: definition.id,
    identify: (request) => identifyQuery(request, definition.version),
    params: (request) => formOf(request),
    handle: (operation, request, world) => handleQuery(definition, operation, request, world),
    renderError: (error, request) => renderQueryError(definition.xmlNamespace, error, request.requestId),
    throttled: () => new AwsError(400, 'Throttling', 'Rate exceeded'),
    expired: () => QUERY_AUTHENTICATION_ERRORS.expired(),
  };
}

function identifyQuery(request: SandboxRequest, version: string): string | undefined {
  if (request.method !== 'POST' || request.path !== '/') {
    return undefined;
  }
  const form = formOf(request);
  return form.get('Version') === version ? (form.get('Action') ?? undefined) : undefined;
}

function handleQuery(
  definition: QueryServiceDefinition,
  operation: string,
  request: SandboxRequest,
  world: World,
): SandboxReply {
  const call = { params: formOf(request), world, now: world.now() };
  const unsigned = Object.hasOwn(definition.unsigned, operation) ? definition.unsigned[operation] : undefined;
  if (unsigned !== undefined) {
    return renderResult(definition.xmlNamespace, operation, unsigned(call), request.requestId);
  }
  const signed = Object.hasOwn(definition.signed, operation) ? definition.signed[operation] : undefined;
  if (signed === undefined) {
    throw new AwsError(400, 'InvalidAction', `Could not find operation ${operation} for version ${definition.version}`);
  }
  const caller = authenticate(world, request, definition.id, QUERY_AUTHENTICATION_ERRORS);
  return renderResult(definition.xmlNamespace, operation, signed({ ...call, caller }), request.requestId);
}

function renderResult(xmlNamespace: string, operation: string, result: XmlValue, requestId: string): SandboxReply {
  const content = result === undefined ? '' : `<${operation}Result>${xmlContent(result)}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return xmlReply(200, `<${operation}Response xmlns="${xmlNamespace}">${content}${metadata}</${operation}Response>`);
}

function renderQueryError(xmlNamespace: string, error: AwsError, requestId: string): SandboxReply {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const content = `<Type>${type}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
  return xmlReply(
    error.status,
    `<ErrorResponse xmlns="${xmlNamespace}"><Error>${content}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}
