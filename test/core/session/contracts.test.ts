import { expectTypeOf, test } from 'vitest';
import type {
  ConsoleService,
  DirectoryService,
  FormatCredentials,
  SsoRoleSource,
  SsoSessions,
} from '../../../src/core/app/services.ts';
import type { consoleService } from '../../../src/core/session/console/console-address.ts';
import type { formatCredentials } from '../../../src/core/session/export/format-credentials.ts';
import type { SsoServices } from '../../../src/core/session/sso/create-sso.ts';

test('the use cases of Identity Center fit what the product expects of them', () => {
  expectTypeOf<SsoServices['ssoSessions']>().toExtend<SsoSessions>();
  expectTypeOf<SsoServices['directory']>().toExtend<DirectoryService>();
  expectTypeOf<SsoServices['ssoRole']>().toExtend<SsoRoleSource>();
  expectTypeOf<ReturnType<typeof consoleService>>().toExtend<ConsoleService>();
  expectTypeOf<typeof formatCredentials>().toExtend<FormatCredentials>();
});
