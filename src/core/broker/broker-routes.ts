import type { IncomingMessage, ServerResponse } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import {
  ASK_YOURSELF_STATUS,
  BROKER_PATHS,
  BROKER_PROTOCOL,
  CredentialsRequestSchema,
  DEFAULT_WAIT_SECONDS,
  FAILURE_HEADER,
  statusOfFailure,
  type BrokerStatus,
  type CredentialUse,
  type CredentialsRequest,
} from '../../shared/broker-protocol.ts';
import type { Asker } from '../../shared/app-state.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { BadInputError, CancelledError, NotFoundError, toFailure } from '../model/errors.ts';
import { errorTrace } from '../model/error-trace.ts';
import type { Clock } from '../model/clock.ts';
import type { Secret } from '../model/secret.ts';
import { DeadlineError, NobodyToAskError } from './errors.ts';
import { findAsker } from './find-asker.ts';
import type { ProcessTable } from './process-table.ts';
import { readRequestBody } from './request-body.ts';

/** A program's wish for credentials. */
export interface BrokerUse {
  /** A profile's name or the id that stands for it, or a role of an Identity Center. */
  readonly target: RoleTarget;
  readonly asker: Asker;
  readonly what: CredentialUse;
  readonly fresh: boolean;
  /** Aborted when the caller is gone or has waited long enough. */
  readonly signal: AbortSignal;
}

/** What the broker works with. */
export interface BrokerParts {
  readonly clock: Clock;
  readonly version: string;
  readonly processes: ProcessTable;
  /** The JSON of `credential_process`. Asks the user where it must. */
  readonly credentials: (use: BrokerUse) => Promise<Secret>;
  /** Shows the app's window. Throws NoScreenError where it has none. */
  readonly show: () => void;
  /** One line for the log. */
  readonly log: (line: string) => void;
  /** What callers must prove to know, where the system cannot keep others out of the socket. */
  readonly key: Secret | undefined;
}

/** Answers one request; never throws. */
export async function answerBrokerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: BrokerParts,
): Promise<void> {
  response.shouldKeepAlive = false;
  try {
    checkCaller(request, parts.key);
    switch (`${request.method} ${request.url}`) {
      case `POST ${BROKER_PATHS.credentials}`:
        await answerCredentials(request, response, parts);
        return;
      case `GET ${BROKER_PATHS.status}`:
        sendJson(response, statusOf(parts));
        return;
      case `POST ${BROKER_PATHS.show}`:
        parts.show();
        sendJson(response, statusOf(parts));
        return;
      default:
        throw new NotFoundError('There is nothing here by that name.', 'Update the rolecall command.');
    }
  } catch (error) {
    sendFailure(response, error, parts.log);
  }
}

/** No browser speaks to a socket of this kind, but if one ever does it is refused. */
function checkCaller({ headers }: IncomingMessage, key: Secret | undefined): void {
  const foreign = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  if (foreign || (key !== undefined && !proves(headers.authorization, key))) {
    throw new BadInputError('This caller may not ask.', 'Use the rolecall command.');
  }
}

function proves(authorization: string | undefined, key: Secret): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${key.reveal()}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function answerCredentials(
  request: IncomingMessage,
  response: ServerResponse,
  parts: BrokerParts,
): Promise<void> {
  const asked = v.safeParse(CredentialsRequestSchema, await readRequestBody(request));
  if (!asked.success) {
    const where = v.getDotPath(asked.issues[0]) ?? 'body';
    throw new BadInputError(`The request cannot be understood (${where}).`, 'Update the rolecall command and the app.');
  }
  const target = targetOf(asked.output);
  const patience = patienceFor(response, asked.output.wait ?? DEFAULT_WAIT_SECONDS, parts.clock);
  try {
    const { pid, folder, use: what = 'credentials', fresh = false } = asked.output;
    const asker = await findAsker(parts.processes, { pid, folder }, process.getuid?.());
    const text = await parts.credentials({ target, asker, what, fresh, signal: patience.signal });
    send(response, 200, 'application/json', text.reveal());
  } finally {
    patience.end();
  }
}

function targetOf({ profile, ssoSession, account, role }: CredentialsRequest): RoleTarget {
  if (profile !== undefined && ssoSession === undefined && account === undefined && role === undefined) {
    return { kind: 'profile', profile };
  }
  if (profile === undefined && ssoSession !== undefined && account !== undefined && role !== undefined) {
    return { kind: 'sso-role', ssoSession, accountId: account, roleName: role };
  }
  throw new BadInputError(
    'A request names a profile, or an Identity Center, account and role.',
    'Name one or the other.',
  );
}

/** How long a caller waits: until its time is over or it hangs up. */
function patienceFor(
  response: ServerResponse,
  seconds: number,
  clock: Clock,
): { readonly signal: AbortSignal; end(): void } {
  const abort = new AbortController();
  const cancelTimer = clock.setTimer(seconds * 1000, () => abort.abort(new DeadlineError(seconds)));
  const onClose = (): void => abort.abort(new CancelledError('The request'));
  response.once('close', onClose);
  return {
    signal: abort.signal,
    end() {
      cancelTimer();
      response.removeListener('close', onClose);
    },
  };
}

function statusOf({ version }: BrokerParts): BrokerStatus {
  return { product: 'rolecall', protocol: BROKER_PROTOCOL, version, pid: process.pid };
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json', `${JSON.stringify(value)}\n`);
}

function sendFailure(response: ServerResponse, error: unknown, log: BrokerParts['log']): void {
  const { code, message, hint } = toFailure(error);
  if (code === 'internal') {
    log(`a request on the socket failed: ${errorTrace(error)}`);
  }
  // What others named may be in the message: one line, and nothing that moves a cursor.
  const line = `${message} ${hint}`.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const isLeftToCaller = error instanceof NobodyToAskError;
  if (!isLeftToCaller) {
    response.setHeader(FAILURE_HEADER, code);
  }
  const status = isLeftToCaller ? ASK_YOURSELF_STATUS : statusOfFailure(code);
  send(response, status, 'text/plain; charset=utf-8', `${line}\n`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length, 'Cache-Control': 'no-store' });
  response.end(bytes);
}
