import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  ASK_YOURSELF_STATUS,
  BROKER_PATHS,
  BrokerStatusSchema,
  DEFAULT_WAIT_SECONDS,
  FAILURE_HEADER,
  type BrokerStatus,
  type CredentialsRequest,
} from '../../shared/broker-protocol.ts';
import { FAILURE_CODES, type FailureCode } from '../../shared/reply.ts';
import { systemErrorCode } from '../files/file-errors.ts';
import type { Clock } from '../model/clock.ts';
import { CancelledError, CoreError } from '../model/errors.ts';
import { Secret } from '../model/secret.ts';
import type { Surroundings } from '../session/ports.ts';
import { BrokerAbsentError, BrokerStuckError, NobodyToAskError } from './errors.ts';
import { checkSocketPlace, PIPE_KEY_FILE, socketPlace, type SocketPlace } from './socket-place.ts';

/** No answer came in time. */
class NoAnswerError extends Error {}

/** What the app answered instead of credentials, with the code and words it gave. */
export class BrokerRefusedError extends CoreError {
  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message, '');
  }
}

const MAX_ANSWER_BYTES = 1024 * 1024;
/** The app is there or it is not: a command must not hang on one that is stuck. */
const STATUS_TIMEOUT_MS = 1_500;
/** The app's own deadline comes first. */
const GRACE_MS = 3_000;

interface Answer {
  readonly status: number;
  readonly failure: string | undefined;
  readonly body: string;
}

/**
 * Asks the running app on behalf of a command. Every method throws BrokerAbsentError when none runs, or it leaves the work to the command;
 * SocketUnsafeError when the socket's place is not safe.
 */
export class BrokerClient {
  readonly #place: SocketPlace;
  readonly #clock: Clock;

  /** Throws SocketUnsafeError where `rolecallHome` is too long a path for a socket. */
  constructor(surroundings: Pick<Surroundings, 'rolecallHome' | 'platform' | 'clock'>) {
    this.#place = socketPlace(surroundings);
    this.#clock = surroundings.clock;
  }

  /** The JSON of `credential_process`, to be printed as it is. Throws BrokerRefusedError with the app's own words. */
  async credentials(request: CredentialsRequest, signal: AbortSignal): Promise<Secret> {
    const waitMs = (request.wait ?? DEFAULT_WAIT_SECONDS) * 1000;
    const answer = await this.#send('POST', BROKER_PATHS.credentials, request, waitMs + GRACE_MS, signal);
    return new Secret(answer.body);
  }

  /** Who serves. */
  async status(signal: AbortSignal): Promise<BrokerStatus> {
    return this.#statusOf(await this.#send('GET', BROKER_PATHS.status, undefined, STATUS_TIMEOUT_MS, signal));
  }

  /** Has the running app show its window. Throws BrokerStuckError where it does not answer: a command can do without it, a second start cannot. */
  async show(signal: AbortSignal): Promise<BrokerStatus> {
    const sent = this.#send('POST', BROKER_PATHS.show, {}, STATUS_TIMEOUT_MS, signal);
    const answer = await sent.catch((error: unknown) => {
      throw error instanceof BrokerAbsentError && error.cause instanceof NoAnswerError
        ? new BrokerStuckError(error.cause)
        : error;
    });
    return this.#statusOf(answer);
  }

  #statusOf(answer: Answer): BrokerStatus {
    const parsed = v.safeParse(BrokerStatusSchema, parseJson(answer.body));
    if (!parsed.success) {
      throw new BrokerAbsentError(new Error('something else answers on the socket'));
    }
    return parsed.output;
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Answer> {
    if (!(await checkSocketPlace(this.#place))) {
      throw new BrokerAbsentError();
    }
    const answer = await this.#exchange(method, path, body, timeoutMs, signal);
    if (answer.status === ASK_YOURSELF_STATUS) {
      throw new BrokerAbsentError(new NobodyToAskError());
    }
    if (answer.status !== 200) {
      throw new BrokerRefusedError(failureCode(answer.failure), answer.body.trim());
    }
    return answer;
  }

  async #exchange(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Answer> {
    const headers = { Host: 'localhost', ...(await this.#keyHeader()), 'Content-Type': 'application/json' };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({ socketPath: this.#place.path, method, path, headers, signal, agent: false });
      const cancelTimer = this.#clock.setTimer(timeoutMs, () => outgoing.destroy(new NoAnswerError()));
      const fail = (error: unknown): void => {
        cancelTimer();
        reject(clientError(error, signal));
      };
      outgoing.on('error', fail);
      outgoing.on('response', (response) => {
        readAnswer(response).then((answer) => {
          cancelTimer();
          return resolve(answer);
        }, fail);
      });
      outgoing.end(body === undefined ? '' : JSON.stringify(body));
    });
  }

  async #keyHeader(): Promise<Record<string, string>> {
    if (process.platform !== 'win32') {
      return {};
    }
    const key = await readFile(join(this.#place.folder, PIPE_KEY_FILE), 'utf8').catch((error: unknown) => {
      throw new BrokerAbsentError(error);
    });
    return { Authorization: `Bearer ${key}` };
  }
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw new Error('the answer is too large');
    }
    chunks.push(chunk);
  }
  const failure = response.headers[FAILURE_HEADER.toLowerCase()];
  return {
    status: response.statusCode ?? 0,
    failure: typeof failure === 'string' ? failure : undefined,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** A socket that nobody listens on is as good as none. An app that ends while it answers is absent from then on. */
function clientError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) {
    return signal.reason instanceof CoreError ? signal.reason : new CancelledError('The request');
  }
  const gone = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'EAGAIN'].includes(systemErrorCode(error) ?? '');
  return gone || error instanceof Error ? new BrokerAbsentError(error) : error;
}

function failureCode(text: string | undefined): FailureCode {
  return FAILURE_CODES.find((code) => code === text) ?? 'internal';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
