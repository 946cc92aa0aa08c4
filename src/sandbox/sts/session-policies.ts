import { AwsError } from '../http/aws-error.ts';
import { memberParams, textParam } from '../http/query-params.ts';
import type { QueryCall } from '../http/query-service.ts';
import type { XmlValue } from '../http/xml.ts';
import { awsManagedPolicy } from '../policy/managed-policies.ts';
import { parsePolicyDocument, type PolicyDocument } from '../policy/policy-document.ts';
import type { TemporaryRecord } from '../state/credential-store.ts';
import { STS_CONSTRAINTS } from './sts-constraints.ts';

/** The session policies of a call: `Policy`, and those named by `PolicyArns`. */
export function sessionPolicies(call: QueryCall): readonly PolicyDocument[] {
  const inline = textParam(call.params, 'Policy', STS_CONSTRAINTS.policy);
  const named = memberParams(call.params, 'PolicyArns', 'arn').map((policyArn) => {
    const document = awsManagedPolicy(policyArn);
    if (document === undefined) {
      throw new AwsError(400, 'MalformedPolicyDocument', `Policy ${policyArn} does not exist or is not attachable.`);
    }
    return document;
  });
  return inline === undefined ? named : [parsePolicyDocument(inline), ...named];
}

/** Credentials as STS writes them. */
export function credentialsXml(issued: TemporaryRecord): XmlValue {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken,
    Expiration: issued.expiresAt,
  };
}
