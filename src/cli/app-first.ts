import type { CredentialService } from '../core/app/services.ts';
import type { BrokerClient } from '../core/broker/broker-client.ts';
import { BrokerAbsentError } from '../core/broker/errors.ts';
import type { TemporaryCredentials } from '../core/model/credentials.ts';
import { Secret } from '../core/model/secret.ts';
import type { RoleTarget } from '../shared/role-target.ts';
import type { CredentialsRequest } from '../shared/broker-protocol.ts';
import * as v from 'valibot';
import { workingFolder } from './working-folder.ts';

const AnswerSchema = v.object({
  AccessKeyId: v.string(),
  SecretAccessKey: v.string(),
  SessionToken: v.string(),
  Expiration: v.pipe(v.string(), v.isoTimestamp()),
  AccountId: v.optional(v.string()),
});

/**
 * Credentials through the running app, so that one prompt and one AWS call serve every program; without an app, by this process itself.
 * A refusal of the app's counts: the command does not go around it.
 */
export function appFirst(
  own: CredentialService,
  client: BrokerClient,
  asked: Pick<CredentialsRequest, 'use'>,
): CredentialService {
  return {
    async get(target, context, options) {
      try {
        const answer = await client.credentials(
          {
            ...requestOf(target),
            ...asked,
            ...(options?.fresh === true ? { fresh: true } : {}),
            pid: process.pid,
            folder: workingFolder(),
          },
          context.signal,
        );
        return parseAnswer(answer);
      } catch (error) {
        if (error instanceof BrokerAbsentError) {
          return own.get(target, context, options);
        }
        throw error;
      }
    },
    held: () => own.held(),
    forget: (target) => own.forget(target),
    forgetSsoSession: (id) => own.forgetSsoSession(id),
    onChange: (listener) => own.onChange(listener),
  };
}

function requestOf(target: RoleTarget): CredentialsRequest {
  return target.kind === 'profile'
    ? { profile: target.profile }
    : { ssoSession: target.ssoSession, account: target.accountId, role: target.roleName };
}

function parseAnswer(answer: Secret): TemporaryCredentials {
  const parsed = v.parse(AnswerSchema, JSON.parse(answer.reveal()));
  return {
    accessKeyId: parsed.AccessKeyId,
    secretAccessKey: new Secret(parsed.SecretAccessKey),
    sessionToken: new Secret(parsed.SessionToken),
    expiresAt: new Date(parsed.Expiration),
    ...(parsed.AccountId === undefined ? {} : { accountId: parsed.AccountId }),
  };
}
