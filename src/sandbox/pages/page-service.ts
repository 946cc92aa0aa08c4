import { AwsError } from '../http/aws-error.ts';
import { redirectReply } from '../http/sandbox-reply.ts';
import { formOf, headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { Service } from '../http/service.ts';
import { authorizeDecision, authorizePage } from './authorize-page.ts';
import { consolePage } from './console-page.ts';
import { deviceDecision, devicePage } from './device-page.ts';
import { homePage } from './home-page.ts';
import { PAGE_HEADERS, messagePage } from './layout.ts';
import { loginConfirmation, loginDecision, loginPage } from './login-page.ts';
import { logoutRedirect } from './logout-redirect.ts';
import type { Page } from './page-call.ts';
import { phoneChange, phoneCodesJson, phonePage } from './phone-page.ts';
import { PAGE_SCRIPTS } from './scripts.ts';
import { startConsole, startPage } from './start-page.ts';
import { STYLE } from './style.ts';
import { switchRole, switchRolePage } from './switch-role-page.ts';

const asset =
  (contentType: string, content: string): Page =>
  () => ({ status: 200, headers: { ...PAGE_HEADERS, 'content-type': contentType }, body: content });

const PAGES: Readonly<Record<string, readonly [name: string, page: Page]>> = {
  'GET /': ['Home', homePage],
  'GET /authorize': ['Authorize', authorizePage],
  'POST /authorize': ['AuthorizeDecision', authorizeDecision],
  'GET /device': ['Device', devicePage],
  'POST /device': ['DeviceDecision', deviceDecision],
  'GET /start': ['Start', startPage],
  'GET /start/': ['Start', startPage],
  'POST /start/console': ['StartConsole', startConsole],
  'GET /console': ['Console', consolePage],
  'GET /switchrole': ['SwitchRole', switchRolePage],
  'POST /switchrole': ['SwitchRoleDecision', switchRole],
  'GET /v1/authorize': ['Login', loginPage],
  'POST /v1/authorize': ['LoginDecision', loginDecision],
  'GET /v1/sessions/confirmation': ['LoginConfirmation', loginConfirmation],
  'GET /oauth': ['LogoutRedirect', logoutRedirect],
  'GET /phone': ['Phone', phonePage],
  'POST /phone': ['PhoneChange', phoneChange],
  'GET /phone/codes': ['PhoneCodes', phoneCodesJson],
  'GET /assets/sandbox.css': ['Asset', asset('text/css; charset=utf-8', STYLE)],
  ...Object.fromEntries(
    Object.entries(PAGE_SCRIPTS).map(([name, script]): [string, readonly [string, Page]] => [
      `GET /assets/${name}`,
      ['Asset', asset('text/javascript; charset=utf-8', script)],
    ]),
  ),
};

function find(request: SandboxRequest): (typeof PAGES)[string] | undefined {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const key = `${method} ${request.path}`;
  return Object.hasOwn(PAGES, key) ? PAGES[key] : undefined;
}

/** The web pages. A form of another site is refused: its Origin is not ours. */
export const pageService: Service = {
  id: 'page',
  identify: (request) => find(request)?.[0],
  params: (request) => (request.method === 'POST' ? formOf(request) : request.query),
  handle(_operation, request, world) {
    const origin = headerOf(request, 'origin');
    if (request.method === 'POST' && origin !== undefined && origin !== request.origin) {
      return messagePage('Refused', 'This form was sent by another site.', 403);
    }
    const form = request.method === 'POST' ? formOf(request) : new URLSearchParams();
    const page = find(request)?.[1];
    return page === undefined
      ? redirectReply('/')
      : page({ request, query: request.query, form, world, now: world.now() });
  },
  renderError: (error) => messagePage(error.code, error.message, error.status),
  throttled: () => new AwsError(429, 'Too many requests', 'Wait a moment and try again.'),
  expired: () => new AwsError(403, 'Your session has ended', 'Sign in again.'),
};
