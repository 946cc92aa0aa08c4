import type { GuideWords } from './guide-words.ts';

/** 指南各步骤的中文；核心以英文书写，编号与之一致。 */
export const zhCnGuide: GuideWords = {
  documents: {
    'allow-assume-role': '用户的策略：通过 MFA 代入角色',
    'manage-own-mfa': '用户的策略：管理自己的 MFA 设备，无 MFA 时拒绝其余操作',
    'rotate-own-key': '用户的策略：通过 MFA 轮换自己的访问密钥',
    role: '工作账户中的角色及其信任策略',
    user: '只能代入角色的用户',
    'permission-set': '权限集',
  },
  mayNotLook: '仅凭密钥无法查看，本应如此。',
  findings: {
    identity: {
      good: { title: () => '密钥可用', detail: (user) => `它属于用户 ${user}。` },
      bad: { title: () => '这不是 IAM 用户的密钥' },
    },
    device: {
      good: { title: () => '用户有 MFA 设备' },
      bad: { title: () => '用户没有 MFA 设备', detail: () => '需要 MFA 的角色无法使用。' },
      unknown: { title: () => '用户是否有 MFA 设备' },
    },
    'role-needs-mfa': {
      good: { title: (role) => `${role} 要求 MFA`, detail: () => '仅凭密钥被拒绝。' },
      bad: {
        title: (role) => `${role} 无需 MFA 即可代入`,
        detail: () => '谁有访问密钥，谁就有该角色。其信任策略缺少 aws:MultiFactorAuthPresent 条件。',
      },
      unknown: { title: (role) => `${role} 是否要求 MFA` },
    },
    'least-privilege': {
      good: { title: () => '仅凭密钥无法四处查看', detail: () => '列出用户和策略被拒绝。' },
      warning: {
        title: () => '仅凭密钥即可读取账户的用户或策略',
        detail: () => '被盗的密钥会告诉窃贼下一步去哪里。没有 MFA 时，用户应只能代入角色。',
      },
      unknown: { title: () => '仅凭密钥能否四处查看' },
    },
    deactivate: {
      good: { title: () => '没有 MFA 不能取下设备', detail: () => '仅凭密钥被拒绝。' },
      bad: {
        title: () => '仅凭密钥即可取下 MFA 设备',
        detail: () => '拿到密钥的窃贼可以移除设备、注册另一个，从而拥有所有角色。',
      },
      unknown: { title: () => '仅凭密钥能否取下设备' },
    },
    keys: {
      good: { title: () => '没有 MFA 不能更改访问密钥', detail: () => '仅凭密钥被拒绝。' },
      warning: {
        title: () => '仅凭密钥即可更改访问密钥',
        detail: () => '拿到密钥的窃贼可以再创建一个，并把您锁在外面。',
      },
      unknown: { title: () => '仅凭密钥能否更改密钥' },
    },
    session: {
      good: { title: () => '一个验证码可用十二小时', detail: () => '用户可以调用 sts:GetSessionToken。' },
      warning: {
        title: () => '每个角色都要求各自的验证码',
        detail: () => '有策略拒绝 sts:GetSessionToken：无 MFA 即拒绝的语句应把它放入 NotAction。',
      },
      unknown: { title: () => '一个验证码能否用一天' },
    },
    'key-age': {
      good: { title: (days) => `密钥已使用 ${days} 天`, detail: () => '请每 90 天轮换一次。' },
      warning: { title: (days) => `密钥已使用 ${days} 天`, detail: () => '请轮换：没有人知道它到过哪里。' },
      unknown: { title: () => '密钥使用了多久' },
    },
    storage: {
      good: { title: () => '密钥在密钥存储中', detail: () => '没有文件保存它。' },
      warning: {
        title: () => '密钥以明文保存在文件中',
        detail: () => '您运行的每个程序都能读取它。保护该配置文件即可移入密钥存储。',
      },
    },
  },
  steps: {
    'admin-iam': {
      'create-user': {
        title: '创建用户',
        paragraphs: (n) => [
          `在账户 ${n.homeAccountId} 中创建 IAM 用户 ${n.userName}，不给控制台访问权限。它只能做一件事：通过 MFA 代入账户 ${n.workAccountId} 中的角色 ${n.roleName}。`,
          '一人一个用户。用户不加入任何组，也不附加 AWS 托管策略。',
        ],
      },
      'allow-assume-role': {
        title: '允许它代入角色',
        paragraphs: () => ['aws:MultiFactorAuthPresent 条件使被盗的访问密钥在没有设备时毫无用处。'],
      },
      'manage-own-mfa': {
        title: '让它管理自己的 MFA 设备',
        paragraphs: () => [
          '用户自行注册设备，取下设备则需要 MFA。其余一切在没有 MFA 时都被拒绝。',
          'sts:GetSessionToken 是特意放在 NotAction 中的：AWS 判断这一调用时，其中的验证码尚未生效。若不放入，拒绝语句就会拒绝那个用来证明 MFA 的调用，于是每个角色都要输入验证码，而不是十二小时一次。',
          'iam:DeleteVirtualMFADevice 在没有 MFA 时也无害：AWS 只删除不属于任何用户的设备。',
        ],
      },
      'rotate-own-key': {
        title: '让它轮换自己的访问密钥',
        paragraphs: () => ['可选。有了它，成员一次点击即可更换密钥，不必再有人传送新密钥。'],
      },
      'create-role': {
        title: '在工作账户中创建角色',
        paragraphs: (n) => [
          `在账户 ${n.workAccountId} 中创建角色 ${n.roleName}。其信任策略写明账户 ${n.homeAccountId} 的用户 ${n.userName}，并要求 MFA。`,
          '模板从 ReadOnlyAccess 开始，请附加工作所需的权限。',
        ],
      },
      'hand-over': {
        title: '交付',
        paragraphs: (n) => [
          `为 ${n.userName} 创建访问密钥，以保密的方式交给本人，并附上角色的 ARN（账户 ${n.workAccountId} 的 ${n.roleName}）。`,
          '对方按“我使用 AWS，使用 IAM 用户”进行：把密钥放入 Rolecall，注册设备，写入配置文件，使用第一个角色。',
        ],
      },
      check: {
        title: '检查',
        paragraphs: () => ['密钥放入配置文件后，Rolecall 会实际尝试仅凭密钥能做什么，以及角色是否要求 MFA。'],
      },
    },
    'member-iam': {
      'add-key': {
        title: '放入访问密钥',
        paragraphs: (n) => [`粘贴用户 ${n.userName} 的访问密钥。它直接进入这台电脑的密钥存储，绝不写入文件。`],
      },
      'enrol-device': {
        title: '注册您的 MFA 设备',
        paragraphs: () => [
          'Rolecall 会创建虚拟设备并显示二维码。用手机上的身份验证器应用扫描，然后连续输入两个验证码。',
          'Rolecall 也可以保存种子并代您填写验证码。这很方便，但这台电脑就同时持有两个因素：只有您能接受时才选择。',
        ],
      },
      'write-profiles': {
        title: '写入角色的配置文件',
        paragraphs: (n) => [
          `为账户 ${n.workAccountId} 中的 ${n.roleName} 写一个配置文件，AWS CLI 和所有 SDK 都能读懂。`,
        ],
      },
      'assume-role': {
        title: '使用角色',
        paragraphs: () => [
          '打开它的控制台，或复制它的凭证。验证码只问一次；如果您的用户可以开始会话，之后十二小时都不再询问。',
        ],
      },
      protect: {
        title: '让所有程序都能使用',
        paragraphs: () => [
          'Terraform 和大多数 SDK 不会询问验证码。受保护的配置文件通过 Rolecall 取得凭证，由它来询问。',
        ],
      },
      check: { title: '检查', paragraphs: () => ['Rolecall 会实际尝试窃贼仅凭您的密钥能做什么。'] },
    },
    'admin-identity-center': {
      organization: {
        title: '创建组织',
        paragraphs: () => ['在付款账户中创建启用全部功能的组织。该账户只用于管理，没有人在其中工作。'],
      },
      accounts: {
        title: '添加账户',
        paragraphs: () => ['为每类工作创建一个账户，或邀请已有的账户。每个新账户需要自己的邮箱地址。'],
      },
      'identity-center': {
        title: '启用 IAM Identity Center',
        paragraphs: (n) => [
          `在离成员最近的区域启用：以后只有重新开始才能更改。本指南使用 ${n.region}。`,
          '记下其设置页上的 AWS 访问门户 URL：这就是每个人需要的起始 URL。',
        ],
      },
      users: { title: '添加人员', paragraphs: (n) => [`添加用户 ${n.userName}，或连接您已有的目录。`] },
      mfa: {
        title: '要求 MFA',
        paragraphs: () => [
          '在 Settings 的 Authentication 中，选择“Every time they sign in”和“Require them to register an MFA device at sign in”。安全密钥最安全。',
        ],
      },
      'permission-set': {
        title: '创建权限集',
        paragraphs: (n) => [
          `权限集在分配到的每个账户中成为一个角色。${n.permissionSetName} 从 ReadOnlyAccess 开始，每次有效一小时。`,
        ],
      },
      assign: {
        title: '分配',
        paragraphs: (n) => [`在账户 ${n.workAccountId} 中把 ${n.permissionSetName} 分配给 ${n.userName}。`],
      },
      'hand-over': {
        title: '交付',
        paragraphs: (n) => [`把起始 URL（${n.startUrl}）和区域（${n.region}）告诉成员。没有任何机密需要交付。`],
      },
    },
    'member-identity-center': {
      'add-sso-session': {
        title: '添加您的 Identity Center',
        paragraphs: (n) => [`粘贴起始 URL，例如 ${n.startUrl}。`],
      },
      'sign-in': {
        title: '登录',
        paragraphs: () => ['浏览器会打开 AWS。之后 AWS CLI 和各 SDK 也已登录。'],
      },
      profiles: {
        title: '写入配置文件',
        paragraphs: () => ['为每个账户和角色写一个配置文件，使 --profile 在所有工具中都可用。'],
      },
    },
  },
};
