import type { Translated } from './catalogue.ts';
import type { enConsole } from './en-console.ts';

/** 控制台在何处打开，访问持续多久。 */
export const zhCnConsole: Translated<typeof enConsole> = {
  openers: {
    label: '打开位置',
    default: '默认浏览器',
    'multi-session': '并排打开（AWS 多会话）',
    profile: (browser, profile) => `${browser}：${profile}`,
    private: (browser) => `${browser}：隐私窗口`,
    granted: (browser) => `${browser}：容器（附加组件 Granted）`,
    container: (browser) => `${browser}：容器（附加组件 Open external links in a container）`,
    gone: (name) => `${name}（本机没有）`,
    byRule: '按规则',
    ofAccount: '此账户的控制台打开位置',
    usualWay: '惯用的登录方式',
    usualPlace: '惯用的浏览器',
    useDefault: '用默认浏览器打开',
    notes: {
      'multi-session': '最多同时打开五个账户。请先在该浏览器中开启一次：在控制台的账户菜单中打开多会话支持。',
      private: '与其他窗口分开；关闭后登录即消失。',
      granted: '每个角色使用自己的容器。Firefox 需要附加组件“Granted”。',
      container: '每个角色使用自己的容器。Firefox 需要附加组件“Open external links in a container”，打开前会询问。',
    },
  },
  consoleRules: {
    add: '添加规则',
    up: '上移',
    tag: '标签（可选）',
    empty: '没有规则：所有控制台都按上面的设置打开。',
  },
  ends: {
    signIn: (name, span) => `您在 ${name} 的登录将在 ${span} 后结束。`,
    role: (name, span) => `您复制的 ${name} 的凭证将在 ${span} 后结束。`,
    needs: {
      nothing: '请续期，然后重新复制。',
      'sign-in': '续期需要您重新登录；点按钮即可开始。',
      mfa: '续期时可能需要 MFA 验证码。',
      again: '现在重新登录，即可不中断地继续。',
    },
  },
  signInEnd: {
    renews: 'Rolecall 运行期间自动续期。',
    renewsOnUse: '下次使用角色时续期。',
    latest: (moment) => `AWS 不会告知何时需要重新登录；最迟为 ${moment}。`,
    unknown: 'AWS 不会告知何时需要重新登录。',
    ends: (moment) => `${moment} 结束。它不会自动续期：届时请重新登录。`,
    tokenOnUse: (moment) => `有效至 ${moment}；下次需要时续期。`,
    roleNext: '需要时获取新凭证；复制的届时结束。',
  },
  longJob: {
    menu: '为长时间任务续期…',
    title: '长时间任务之前',
    working: '正在获取新凭证…',
    failed: '没有续期。现有的凭证在各自到期前仍然有效。',
    role: (moment, span) => `新凭证有效至 ${moment}，共 ${span}。`,
    limits: {
      'permission-set': '这是权限集设定的会话时长；只有管理员可以延长。',
      chained: '经由其他角色或会话取得的角色，无论如何请求，AWS 都会在一小时后结束。',
      role: '可在配置文件中用 duration_seconds 请求更长时间，以角色允许的为限，最长 12 小时。',
      source: '有效时长由凭证的来源决定。',
    },
    tokenRenews: (moment) => `有效至 ${moment}，之后在登录有效期间自动续期。`,
    tokenEnds: (moment) => `有效至 ${moment}。它不会续期：任务更长时请先重新登录。`,
    advice: '更长的任务必须在运行中获取新凭证：请给它配置文件而不是复制的凭证，或在以下命令下运行',
    again: '再次续期',
    signIn: '重新登录',
  },
};
