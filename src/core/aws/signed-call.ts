import { isTemporary, type SigningCredentials } from '../model/credentials.ts';
import { ClockWrongError } from './aws-errors.ts';
import type { AwsClientConfig, AwsRequest } from './client-config.ts';
import type { AwsService } from './endpoints.ts';
import { callSdk } from './map-sdk-error.ts';
import { explainRefusal, type StsSubject } from './sts-errors.ts';

/** Credentials in the form the SDK signs with. */
export interface SdkCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What one attempt of a signed call is given. */
export interface SignedAttempt {
  readonly clientOptions: AwsClientConfig & { readonly credentials: SdkCredentials };
  readonly sendOptions: { readonly abortSignal?: AbortSignal };
}

/** Stands in where a request is not signed, so that the SDK does not go looking for credentials of its own. */
const UNSIGNED: SdkCredentials = { accessKeyId: 'unsigned', secretAccessKey: 'unsigned' };

/**
 * Makes a signed call of STS, IAM, Systems Manager or EC2, with the exact error for each refusal.
 *
 * It is made once; once more where only our clock was wrong, now that the reply's `Date` has told AWS's time. AWS checks the signature
 * before anything else, so a code in the request was not spent.
 */
export async function callSigned<T>(
  service: AwsService,
  request: AwsRequest,
  signer: SigningCredentials | undefined,
  subject: StsSubject,
  call: (attempt: SignedAttempt) => Promise<T>,
): Promise<T> {
  const attempt = (): Promise<T> => {
    const config = request.network.clientConfig(service, request.region);
    const clientOptions = { ...config, credentials: signer === undefined ? UNSIGNED : sdkCredentials(signer) };
    const sendOptions = request.signal === undefined ? {} : { abortSignal: request.signal };
    return callSdk(
      { host: new URL(config.endpoint).host, signal: request.signal },
      () => call({ clientOptions, sendOptions }),
      (failure) => {
        const explained = explainRefusal(failure, subject);
        if (explained !== undefined) {
          throw explained;
        }
        return undefined;
      },
    );
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ClockWrongError)) {
      throw error;
    }
    return attempt();
  }
}

function sdkCredentials(signer: SigningCredentials): SdkCredentials {
  const { accessKeyId, secretAccessKey } = signer;
  const key = { accessKeyId, secretAccessKey: secretAccessKey.reveal() };
  return isTemporary(signer) ? { ...key, sessionToken: signer.sessionToken.reveal() } : key;
}
