import type { SettingsWords } from './settings-words.ts';

/** The words of the settings page in Japanese. */
export const jaSettings: SettingsWords = {
  sections: {
    notifications: '通知',
    network: 'ネットワーク',
    secrets: 'シークレット',
    data: 'ファイルとデータ',
    imports: '他のツールから取り込む',
    about: 'このアプリについて',
  },
  entries: {
    notifySignInEnded: {
      label: 'サインインが終わったら知らせる',
      hint: 'Identity Center からサインアウトされたとき、戻る方法とともに通知します。',
    },
    notifyWhenAsked: {
      label: 'プログラムから求められたら知らせる',
      hint: 'コードや許可を尋ねる通知です。オフにすると、待っていることはトレイだけが示します。',
    },
    proxyMode: {
      label: 'プロキシ',
      hint: 'アプリ、コマンド、プログラムからの認証情報の要求が AWS に届く経路です。ここでの設定は HTTPS_PROXY より優先されます。',
    },
    proxyUrl: { label: 'プロキシのアドレス', hint: '例: http://proxy.example.com:3128' },
    proxySignIn: {
      label: 'プロキシのユーザー名とパスワード',
      hint: 'シークレットストアに保管し、このプロキシにだけ送ります。',
    },
    noProxy: {
      label: 'プロキシを使わないホスト',
      hint: 'NO_PROXY と同じくコンマ区切りです。.example.com はその下のすべてを表します。',
    },
    caBundleFile: {
      label: '認証局',
      hint: '会社の認証局が入った PEM ファイルです。通常の認証局と AWS_CA_BUNDLE に加えて信頼します。',
    },
    connectionTest: {
      label: '接続をテスト',
      hint: 'プロファイルに必要な AWS のホストへ、認証情報なしで問い合わせます。',
    },
    secretStore: { label: 'シークレットの保管場所', hint: 'アクセスキー、MFA シード、保管庫モードのトークン。' },
    vault: {
      label: '保管庫モード',
      hint: 'Identity Center のトークンを ~/.aws の代わりにシークレットストアに置きます。それぞれについて切り替えます。',
    },
    awsFiles: {
      label: 'AWS ツールのファイル',
      hint: '読み取ります。編集は指示されたときだけ、プレビューとバックアップ、取り消しつきで行います。',
    },
    dataFolder: {
      label: 'データフォルダー',
      hint: '設定、印、アカウントの一覧、アクティビティ、バックアップ、封をしたシークレットのファイル。',
    },
    caches: {
      label: '戻ってくるものを消去',
      hint: 'アカウントの一覧は AWS から再び取得され、アクティビティは使ううちに増えます。',
    },
    reset: { label: 'すべての設定をリセット', hint: 'このページのすべてを最初の状態に戻します。' },
    imports: {
      label: '取り込み',
      hint: 'Leapp、aws-vault、Granted、aws-sso-cli の内容を取り込みます。それらのファイルは読むだけです。',
    },
    about: { label: 'Rolecall について', hint: 'バージョン、ドキュメント、終了。' },
  },
  lock: 'ロック',
  proxyModes: { environment: '環境変数に従う', none: 'プロキシなし', manual: 'このプロキシ' },
  network: {
    notAnAddress: 'http:// または https:// で始まり、ユーザー名は含みません。',
    notAPath: 'ファイルのフルパスを入力してください。',
    notAList: 'ASCII の英数字と記号だけです。',
    signedIn: 'シークレットストアに保管中',
    notSignedIn: 'なし',
    signIn: '設定…',
    signInTitle: 'プロキシにサインイン',
    signInText: (proxy) => `シークレットストアに入れ、${proxy} にだけ送ります。`,
    user: 'ユーザー名',
    password: 'パスワード',
    userMissing: 'ユーザー名を入力してください。',
    keep: '保管',
    forget: '忘れる',
    test: 'テスト',
    reached: (count) => `AWS の ${count} 個のホストが応答しました`,
    directly: 'プロキシを使わず直接問い合わせました。',
    through: (proxies) => `${proxies} を通して問い合わせました。`,
  },
  shortcutTaken: 'このキーは別のプログラムが使っています。他のキーを選んでください。',
  vault: { manage: 'セッション', count: (count, all) => `${all} 件中 ${count} 件` },
  data: {
    open: 'フォルダーを開く',
    directories: (size) => `アカウントの一覧 · ${size}`,
    activity: (size) => `アクティビティ · ${size}`,
    clear: '消去…',
    clearDirectories: {
      title: 'アカウントの一覧を消去しますか?',
      text: 'サインイン中のものは AWS から再び取得します。ピン、名前、色は残ります。',
    },
    clearActivity: {
      title: 'アクティビティを消去しますか?',
      text: '誰がどのロールを使ったかの記録は完全に失われます。他には何も失われません。',
    },
    reset: 'リセット…',
    resetTitle: 'すべての設定をリセットしますか?',
    resetText: '保護の規則と自分の行き先も設定なので消えます。プロファイル、ピン、名前、色、シークレットは残ります。',
    confirmClear: '消去',
    confirmReset: 'リセット',
  },
  imports: {
    looking: '他のツールを探しています…',
    none: 'Leapp、aws-vault、Granted、aws-sso-cli はこのマシンで見つかりませんでした。',
    found: (sessions, profiles, marks, served, keys) =>
      (
        [
          [sessions, 'Identity Center'],
          [profiles, 'プロファイル'],
          [marks, '名前とピン'],
          [served, 'そのツールが扱うプロファイル'],
          [keys, 'キー'],
        ] as const
      )
        .flatMap(([count, what]) => (count === 0 ? [] : [`${what} ${count}`]))
        .join(' · '),
    nothing: '新しいものなし',
    look: '見る…',
    title: (tool) => `${tool} から取り込む`,
    lead: (tool) => `ここに追加されるものです。${tool} のファイルは読むだけで、今あるものはそのまま残ります。`,
    takeOver: (count, tool) => `${tool} が扱う ${count} 個のプロファイルも引き継ぐ`,
    takeOverHint:
      'そのツールのための行がなくなり、すべての AWS ツールと Rolecall がツールなしで扱えます。取り消せます。',
    marks: (count) => `${count} 件の名前、色、タグ、ピンが追加されます。`,
    conflicts: '今あるものを残す',
    keys: 'アクセスキーは、渡すまで元の場所に残ります。ターミナルで実行してください:',
    notes: '取り込まないもの',
    apply: '取り込む',
    nothingToDo: '新しく取り込むものはありません。',
    done: (tool) => `${tool} から取り込みました`,
    doneHint: '変更の一覧から取り消せます。',
  },
};
