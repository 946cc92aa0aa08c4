import type { SignInStep } from '../../../shared/app-state.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { Clock } from '../../model/clock.ts';
import type { Random } from '../../model/random.ts';
import type { Secret } from '../../model/secret.ts';
import type { SignInBrowser } from '../ports.ts';
import type { ClientRecords } from './client-records.ts';
import type { SsoSession } from './sso-session.ts';

/** What a sign-in needs of its surroundings. */
export interface SignInPorts {
  readonly network: AwsNetwork;
  readonly clock: Clock;
  readonly random: Random;
  readonly records: ClientRecords;
  readonly browser: SignInBrowser;
  readonly log: (line: string) => void;
}

/** One sign-in. */
export interface SignInRequest {
  readonly session: SsoSession;
  readonly onStep: (step: SignInStep) => void;
  /** Gets the address the user has to visit: to print it, or to open it again. */
  readonly onAddress: (url: Secret) => void;
  readonly openBrowser: boolean;
  /** Shows the address to the user where the browser does not open; without it, that ends the sign-in. */
  readonly onBrowserFailed?: (url: Secret) => void;
}
