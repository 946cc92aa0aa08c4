import type { GuideWords } from './guide-words.ts';

/** ガイドの各段階の日本語。コアは英語で書き、番号はそれに合わせる。 */
export const jaGuide: GuideWords = {
  documents: {
    'allow-assume-role': 'ユーザーのポリシー：MFA でロールを引き受ける',
    'manage-own-mfa': 'ユーザーのポリシー：自分の MFA デバイスを管理し、MFA なしではほかを拒否する',
    'rotate-own-key': 'ユーザーのポリシー：MFA で自分のアクセスキーを入れ替える',
    role: '作業アカウントのロールと信頼ポリシー',
    user: 'ロールの引き受けだけができるユーザー',
    'permission-set': '許可セット',
  },
  mayNotLook: 'キーだけでは見られません。これが望ましい状態です。',
  findings: {
    identity: {
      good: { title: () => 'キーは有効です', detail: (user) => `ユーザー ${user} のものです。` },
      bad: { title: () => 'IAM ユーザーのキーではありません' },
    },
    device: {
      good: { title: () => 'ユーザーに MFA デバイスがあります' },
      bad: { title: () => 'ユーザーに MFA デバイスがありません', detail: () => 'MFA の要るロールは使えません。' },
      unknown: { title: () => 'ユーザーに MFA デバイスがあるか' },
    },
    'role-needs-mfa': {
      good: { title: (role) => `${role} は MFA を求めます`, detail: () => 'キーだけでは拒否されました。' },
      bad: {
        title: (role) => `${role} は MFA なしで引き受けられます`,
        detail: () =>
          'アクセスキーを持つ人がそのままロールを使えます。信頼ポリシーに aws:MultiFactorAuthPresent の条件がありません。',
      },
      unknown: { title: (role) => `${role} が MFA を求めるか` },
    },
    'least-privilege': {
      good: {
        title: () => 'キーだけでは中を見られません',
        detail: () => 'ユーザーとポリシーの一覧は拒否されました。',
      },
      warning: {
        title: () => 'キーだけでアカウントのユーザーやポリシーを読めます',
        detail: () =>
          '盗まれたキーが次の行き先を教えてしまいます。MFA なしでできるのはロールの引き受けだけにすべきです。',
      },
      unknown: { title: () => 'キーだけで中を見られるか' },
    },
    deactivate: {
      good: { title: () => 'MFA なしではデバイスを外せません', detail: () => 'キーだけでは拒否されました。' },
      bad: {
        title: () => 'キーだけで MFA デバイスを外せます',
        detail: () => 'キーを盗んだ人がデバイスを外し、別のものを登録して、すべてのロールを使えます。',
      },
      unknown: { title: () => 'キーだけでデバイスを外せるか' },
    },
    keys: {
      good: { title: () => 'MFA なしではアクセスキーを変えられません', detail: () => 'キーだけでは拒否されました。' },
      warning: {
        title: () => 'キーだけでアクセスキーを変えられます',
        detail: () => 'キーを盗んだ人が別のキーを作り、あなたを締め出せます。',
      },
      unknown: { title: () => 'キーだけでキーを変えられるか' },
    },
    session: {
      good: {
        title: () => '一つのコードで 12 時間使えます',
        detail: () => 'ユーザーは sts:GetSessionToken を呼び出せます。',
      },
      warning: {
        title: () => 'ロールごとにコードを求められます',
        detail: () =>
          'ポリシーが sts:GetSessionToken を拒否しています。MFA なしを拒否する文の NotAction に入れてください。',
      },
      unknown: { title: () => '一つのコードで一日使えるか' },
    },
    'key-age': {
      good: { title: (days) => `キーは作成から ${days} 日です`, detail: () => '90 日ごとに入れ替えてください。' },
      warning: {
        title: (days) => `キーは作成から ${days} 日です`,
        detail: () => '入れ替えてください。どこに写しがあるか、だれにも分かりません。',
      },
      unknown: { title: () => 'キーの古さ' },
    },
    storage: {
      good: { title: () => 'キーはシークレットストアにあります', detail: () => 'どのファイルにもありません。' },
      warning: {
        title: () => 'キーがファイルに平文であります',
        detail: () => '実行するどのプログラムからも読めます。プロファイルを保護すると、シークレットストアへ移ります。',
      },
    },
  },
  steps: {
    'admin-iam': {
      'create-user': {
        title: 'ユーザーを作る',
        paragraphs: (n) => [
          `アカウント ${n.homeAccountId} に、コンソールアクセスのない IAM ユーザー ${n.userName} を作ります。できることは一つだけ、アカウント ${n.workAccountId} のロール ${n.roleName} を MFA で引き受けることです。`,
          '一人に一つのユーザーとします。グループにも入れず、AWS 管理ポリシーも付けません。',
        ],
      },
      'allow-assume-role': {
        title: 'ロールの引き受けを許す',
        paragraphs: () => [
          'aws:MultiFactorAuthPresent の条件により、盗まれたアクセスキーはデバイスなしでは役に立ちません。',
        ],
      },
      'manage-own-mfa': {
        title: '自分の MFA デバイスを管理させる',
        paragraphs: () => [
          'ユーザーは自分でデバイスを登録でき、外すには MFA が要ります。MFA がなければ、ほかはすべて拒否されます。',
          'sts:GetSessionToken はわざと NotAction に入れてあります。AWS はこの呼び出しを、その中のコードが効く前に判定します。入れないと、MFA を証明する呼び出しそのものが拒否され、12 時間に一度ではなくロールごとにコードを求められます。',
          'iam:DeleteVirtualMFADevice は MFA がなくても無害です。AWS はだれのものでもないデバイスだけを削除します。',
        ],
      },
      'rotate-own-key': {
        title: '自分のアクセスキーを入れ替えさせる',
        paragraphs: () => [
          '任意です。これがあればメンバーは一度のクリックでキーを替えられ、新しいキーを送る必要がなくなります。',
        ],
      },
      'create-role': {
        title: '作業アカウントにロールを作る',
        paragraphs: (n) => [
          `アカウント ${n.workAccountId} にロール ${n.roleName} を作ります。信頼ポリシーにはアカウント ${n.homeAccountId} のユーザー ${n.userName} を書き、MFA を求めます。`,
          'テンプレートは ReadOnlyAccess から始まります。作業に要る権限を付けてください。',
        ],
      },
      'hand-over': {
        title: '引き渡す',
        paragraphs: (n) => [
          `${n.userName} のアクセスキーを作り、秘密の守れる方法で本人に渡します。ロールの ARN（アカウント ${n.workAccountId} の ${n.roleName}）も伝えます。`,
          '受け取った人は「AWS を使う、IAM ユーザーで」に従います。キーを Rolecall に入れ、デバイスを登録し、プロファイルを書き、最初のロールを使います。',
        ],
      },
      check: {
        title: '確認する',
        paragraphs: () => [
          'キーがプロファイルにあれば、キーだけで何ができるか、ロールが MFA を求めるかを、Rolecall が実際に試します。',
        ],
      },
    },
    'member-iam': {
      'add-key': {
        title: 'アクセスキーを入れる',
        paragraphs: (n) => [
          `ユーザー ${n.userName} のアクセスキーを貼り付けます。直接このマシンのシークレットストアに入り、ファイルには書かれません。`,
        ],
      },
      'enrol-device': {
        title: 'MFA デバイスを登録する',
        paragraphs: () => [
          'Rolecall が仮想デバイスを作り、QR コードを表示します。電話の認証アプリで読み取り、続けて 2 つのコードを入力します。',
          'Rolecall がシードも保管し、コードを代わりに入力することもできます。便利ですが、このマシンが両方の要素を持ちます。それでよい場合だけ選んでください。',
        ],
      },
      'write-profiles': {
        title: 'ロールのプロファイルを書く',
        paragraphs: (n) => [
          `アカウント ${n.workAccountId} の ${n.roleName} のプロファイルです。AWS CLI もすべての SDK も読める形です。`,
        ],
      },
      'assume-role': {
        title: 'ロールを使う',
        paragraphs: () => [
          'コンソールを開くか、認証情報をコピーします。コードを求められるのは一度です。セッションを始められるユーザーなら、その後 12 時間は求められません。',
        ],
      },
      protect: {
        title: 'すべてのプログラムで使えるようにする',
        paragraphs: () => [
          'Terraform と多くの SDK はコードを尋ねられません。保護されたプロファイルは Rolecall から認証情報を受け取り、Rolecall が尋ねます。',
        ],
      },
      check: {
        title: '確認する',
        paragraphs: () => ['キーだけを盗んだ人に何ができるかを、Rolecall が実際に試します。'],
      },
    },
    'admin-identity-center': {
      organization: {
        title: '組織を作る',
        paragraphs: () => [
          '支払いを行うアカウントで、すべての機能を有効にした組織を作ります。このアカウントは管理専用で、だれもそこでは作業しません。',
        ],
      },
      accounts: {
        title: 'アカウントを加える',
        paragraphs: () => [
          '作業の種類ごとにアカウントを作るか、すでにあるものを招待します。新しいアカウントにはそれぞれメールアドレスが要ります。',
        ],
      },
      'identity-center': {
        title: 'IAM Identity Center を有効にする',
        paragraphs: (n) => [
          `メンバーに最も近いリージョンで有効にします。変えるには最初からやり直すしかありません。このガイドでは ${n.region} を使います。`,
          '設定ページの AWS アクセスポータル URL を控えます。これが全員に要る開始 URL です。',
        ],
      },
      users: {
        title: '人を加える',
        paragraphs: (n) => [`${n.userName} をユーザーとして加えるか、お使いのディレクトリをつなぎます。`],
      },
      mfa: {
        title: 'MFA を必須にする',
        paragraphs: () => [
          'Settings の Authentication で「Every time they sign in」と「Require them to register an MFA device at sign in」を選びます。最も安全なのはセキュリティキーです。',
        ],
      },
      'permission-set': {
        title: '許可セットを作る',
        paragraphs: (n) => [
          `許可セットは、割り当てた各アカウントでロールになります。${n.permissionSetName} は ReadOnlyAccess から始まり、一度に一時間有効です。`,
        ],
      },
      assign: {
        title: '割り当てる',
        paragraphs: (n) => [
          `アカウント ${n.workAccountId} で ${n.permissionSetName} を ${n.userName} に割り当てます。`,
        ],
      },
      'hand-over': {
        title: '引き渡す',
        paragraphs: (n) => [
          `メンバーに開始 URL（${n.startUrl}）とリージョン（${n.region}）を伝えます。引き渡す秘密はありません。`,
        ],
      },
    },
    'member-identity-center': {
      'add-sso-session': {
        title: 'Identity Center を追加する',
        paragraphs: (n) => [`開始 URL を貼り付けます。例：${n.startUrl}`],
      },
      'sign-in': {
        title: 'サインインする',
        paragraphs: () => ['ブラウザーで AWS が開きます。その後は AWS CLI と各 SDK もサインイン済みになります。'],
      },
      profiles: {
        title: 'プロファイルを書く',
        paragraphs: () => ['アカウントとロールごとのプロファイルです。どのツールでも --profile が使えます。'],
      },
    },
  },
};
