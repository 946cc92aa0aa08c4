import type { Translated } from './catalogue.ts';
import type { enFirstRun } from './en-first-run.ts';

/** 初回の画面とデモの手順の日本語の文言。 */
export const jaFirstRun: Translated<typeof enFirstRun> = {
  firstRun: {
    title: 'Rolecall へようこそ',
    text: 'IAM Identity Center を追加してください。開始 URL は、AWS アカウントを選ぶページのアドレスです。',
    sandboxTitle: 'Rolecall を試す',
    sandboxText: 'これは専用の AWS を備えたデモです。開始 URL は入力済みです。ボタンを押してサインインしてください。',
    found: '~/.aws で見つかったもの',
    foundNothing: '~/.aws にはまだ何もありません。',
    foundSessions: (count) => `Identity Center ${count} 件`,
    foundProfiles: (count) => `プロファイル ${count} 件`,
    foundProblems: (count) => `問題 ${count} 件`,
    mendText: 'これらのファイルの問題で AWS のツールが動きません。まず修正しましょう。変更内容は事前に確認できます。',
    signInText: 'サインインすると、アカウントとロールがここに表示されます。',
    profilesText: 'プロファイルは下からすぐ使えます。会社に IAM Identity Center があれば追加してください。',
    signInTo: (name) => `${name} にサインイン`,
    iamUser: 'IAM ユーザーを使う',
    tryDemo: 'まずデモを試す',
    demoOpened: 'デモは別のウィンドウで開きます',
    demoOpenedHint: '専用の AWS を備えています。あなたのものには触れず、閉じれば何も残りません。',
  },
  demo: {
    steps: 'デモの手順',
    isDone: '完了',
    titles: {
      add: 'Identity Center を追加',
      'sign-in': 'サインイン',
      console: 'コンソールを開く',
      copy: '認証情報をコピー',
      mfa: 'MFA の確認に答える',
    },
    texts: {
      add: '開始 URL は入力済みです。',
      'sign-in': '開いたページで要求を承認してください。',
      console: 'ロールを検索して Enter を押します。',
      copy: 'ロールを選んで Ctrl+C、またはコピーボタンを押します。',
      mfa: (profile) => `${profile} を開きます。コードはデモの電話に表示されます。`,
    },
    allDone: '以上です',
    allDoneText: 'デモを閉じて、自分の AWS で同じことをしてみましょう。',
    close: '手順を閉じる',
  },
};
