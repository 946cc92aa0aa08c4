import { AwsRefusedError } from '../../aws/aws-errors.ts';

/** The work's outcome; undefined where AWS refuses with this code. */
export async function unlessCode<Value>(awsCode: string, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsRefusedError && error.awsCode.startsWith(awsCode)) {
      return undefined;
    }
    throw error;
  }
}
