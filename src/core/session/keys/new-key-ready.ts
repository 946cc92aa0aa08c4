import type { AwsRequest } from '../../aws/client-config.ts';
import { getCallerIdentity } from '../../aws/sts.ts';
import { KeyRefusedError } from '../../aws/sts-errors.ts';
import { sleep, type Clock } from '../../model/clock.ts';
import type { LongTermKey } from '../../model/credentials.ts';

const POLLS_MS = [1_000, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 15_000];

/** Waits up to a minute until AWS knows a new key; false where it still does not. Throws the signal's reason. */
export async function becomesReady(request: AwsRequest, key: LongTermKey, clock: Clock): Promise<boolean> {
  for (const pollMs of POLLS_MS) {
    if (await isReady(request, key)) {
      return true;
    }
    await sleep(clock, pollMs, request.signal);
  }
  return false;
}

async function isReady(request: AwsRequest, key: LongTermKey): Promise<boolean> {
  try {
    await getCallerIdentity(request, key);
    return true;
  } catch (error) {
    if (error instanceof KeyRefusedError) {
      return false;
    }
    throw error;
  }
}
