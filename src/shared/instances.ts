/** An instance that Systems Manager manages, as lists show it. Texts are empty where AWS told none. */
export interface ManagedInstance {
  /** `i-…` of EC2, `mi-…` of a machine elsewhere. */
  readonly instanceId: string;
  /** Its `Name` tag, else what it was registered under, else what it calls itself. */
  readonly name: string;
  /** Whether a session can be started on it now. */
  readonly online: boolean;
  /** EC2's word for what it does, such as `running` or `stopped`. */
  readonly state: string;
  /** Such as `Amazon Linux 2023`. */
  readonly platform: string;
  /** Its private address. */
  readonly address: string;
}

/** The instances of a region. */
export interface InstanceList {
  /** Those that are online first, then by name. */
  readonly instances: readonly ManagedInstance[];
  /** Why EC2 did not tell names and states, in words for a person; undefined where it did. */
  readonly namesMissing: string | undefined;
}

/** What keeps an instance from being online, in EC2's word; undefined where it runs, or that is not known: then its agent does not answer. */
export function stoppedState({ state }: Pick<ManagedInstance, 'state'>): string | undefined {
  return state === '' || state === 'running' ? undefined : state;
}

/** Whether a text is the id of an instance: of nothing that a program takes for an option, or a shell for more than a word. */
export function isInstanceId(text: string): boolean {
  return /^m?i-[0-9a-z]{8,32}$/.test(text);
}
