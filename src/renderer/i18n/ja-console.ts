import type { Translated } from './catalogue.ts';
import type { enConsole } from './en-console.ts';

/** コンソールを開く場所と、アクセスの期限。 */
export const jaConsole: Translated<typeof enConsole> = {
  openers: {
    label: '開く場所',
    default: '既定のブラウザー',
    'multi-session': '並べて開く（AWS マルチセッション）',
    profile: (browser, profile) => `${browser}：${profile}`,
    private: (browser) => `${browser}：プライベートウィンドウ`,
    granted: (browser) => `${browser}：コンテナー（アドオン Granted）`,
    container: (browser) => `${browser}：コンテナー（アドオン Open external links in a container）`,
    gone: (name) => `${name}（このマシンにありません）`,
    byRule: '規則のとおり',
    ofAccount: 'このアカウントのコンソールを開く場所',
    usualWay: 'いつものサインイン方法',
    usualPlace: 'いつものブラウザー',
    useDefault: '既定のブラウザーで開く',
    notes: {
      'multi-session':
        '同時に 5 アカウントまで。そのブラウザーで一度だけ、コンソールのアカウントメニューからマルチセッションのサポートをオンにしてください。',
      private: '他のウィンドウと分かれ、閉じるとサインインも消えます。',
      granted: 'ロールごとに専用のコンテナーで開きます。Firefox にアドオン「Granted」が必要です。',
      container:
        'ロールごとに専用のコンテナーで開きます。Firefox にアドオン「Open external links in a container」が必要で、開く前に確認されます。',
    },
  },
  consoleRules: {
    add: '規則を追加',
    up: '上へ',
    tag: 'タグ（任意）',
    empty: '規則はありません。すべて上の設定で開きます。',
  },
  ends: {
    signIn: (name, span) => `${name} へのサインインはあと ${span} で終わります。`,
    role: (name, span) => `コピーした ${name} の認証情報はあと ${span} で終わります。`,
    needs: {
      nothing: '更新してから、もう一度コピーしてください。',
      'sign-in': '更新には再度のサインインが必要です。ボタンで始まります。',
      mfa: '更新のときに MFA コードを求められることがあります。',
      again: '今サインインし直すと、中断せずに続けられます。',
    },
  },
  signInEnd: {
    renews: 'Rolecall の実行中は自動で更新されます。',
    renewsOnUse: '次にロールを使うときに更新されます。',
    latest: (moment) => `次のサインインがいつ必要かを AWS は知らせません。遅くとも ${moment} です。`,
    unknown: '次のサインインがいつ必要かを AWS は知らせません。',
    ends: (moment) => `${moment} に終わります。自動では更新されないので、そのときサインインし直してください。`,
    tokenOnUse: (moment) => `${moment} まで有効です。次に必要になったとき更新されます。`,
    roleNext: '必要なら取り直します。コピーはそこで終わります。',
  },
  longJob: {
    menu: '長い作業の前に更新…',
    title: '長い作業の前に',
    working: '新しい認証情報を取得しています…',
    failed: '何も更新されませんでした。今あるものは、それぞれの期限まで使えます。',
    role: (moment, span) => `新しいものは ${moment} まで、${span} 使えます。`,
    limits: {
      'permission-set': 'これは許可セットに設定されたセッションの長さです。延ばせるのは管理者だけです。',
      chained: '別のロールやセッションを経由したロールは、何を指定しても AWS が 1 時間で終わらせます。',
      role: 'プロファイルの duration_seconds で、ロールが許す長さまで（最長 12 時間）延ばせます。',
      source: '長さは認証情報の取得元が決めます。',
    },
    tokenRenews: (moment) => `${moment} まで。その後もサインインが続く間は自動で更新されます。`,
    tokenEnds: (moment) => `${moment} まで。更新されないので、長い作業の前にサインインし直してください。`,
    advice:
      'さらに長い作業では、途中で取り直す必要があります。コピーではなくプロファイルを渡すか、次の下で実行してください。',
    again: 'もう一度更新',
    signIn: 'サインインし直す',
  },
  instances: {
    menu: 'インスタンスに接続…',
    title: 'インスタンスに接続',
    label: 'インスタンス',
    search: '名前、ID、アドレスで絞り込む',
    region: 'リージョンを選んでください',
    loading: 'Systems Manager に問い合わせています…',
    none: 'ここには Systems Manager が管理するインスタンスがありません。別のリージョンを選ぶか、インスタンスで SSM Agent を動かし、AmazonSSMManagedInstanceCore ポリシーを付けてください。',
    nameless: 'EC2 から名前と状態が得られませんでした。',
    online: 'オンライン',
    offline: 'オフライン',
    again: 'やり直す',
    copy: 'コマンドをコピー',
    connect: 'ターミナルを開く',
    opened: (name) => `ターミナルを開きました: ${name}`,
  },
};
