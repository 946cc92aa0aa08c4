import type { ServiceId } from './http/sandbox-request.ts';

/** One request the sandbox answered, without secrets. */
export interface LoggedRequest {
  readonly at: Date;
  readonly service: ServiceId | 'proxy' | 'unknown';
  /** AWS's name of the call (`GetRoleCredentials`), or the page. */
  readonly operation: string;
  /** Secret values are `[secret]`. */
  readonly params: Readonly<Record<string, string>>;
  readonly host: string;
  readonly userAgent?: string;
  /** Whose access key signed it, where one did. */
  readonly accessKeyId?: string;
  /** Undefined while the request is under way, and for one that was never answered. */
  readonly status?: number;
  readonly errorCode?: string;
}

const MAX_ENTRIES = 20_000;
const TRIM_BY = 2_000;

/** The requests so far, oldest first; the oldest are dropped beyond 20,000. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Adds an entry and returns a function that completes it with its outcome. */
  add(entry: LoggedRequest): (outcome: Pick<LoggedRequest, 'status' | 'errorCode' | 'accessKeyId'>) => void {
    const logged = { ...entry };
    this.#entries.push(logged);
    if (this.#entries.length > MAX_ENTRIES) {
      this.#entries.splice(0, TRIM_BY);
    }
    return (outcome) => {
      Object.assign(logged, outcome);
    };
  }

  /** The entries of one operation, as `sso.GetRoleCredentials` or `sts.*`. */
  of(name: string): readonly LoggedRequest[] {
    return this.#entries.filter((entry) => matchesOperation(name, entry.service, entry.operation));
  }

  /** How often an operation was called. */
  count(name: string): number {
    return this.of(name).length;
  }

  clear(): void {
    this.#entries.length = 0;
  }
}

/** Whether `service.operation` is what `name` names: exact, `service.*`, or `*`. */
export function matchesOperation(name: string, service: string, operation: string): boolean {
  return name === '*' || name === `${service}.*` || name === `${service}.${operation}`;
}
