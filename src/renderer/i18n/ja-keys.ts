import type { Translated } from './catalogue.ts';
import type { enKeys } from './en-keys.ts';

/** キーボードショートカットの日本語の文言。 */
export const jaKeys: Translated<typeof enKeys> = {
  keys: {
    title: 'キーボードショートカット',
    type: '検索',
    filter: '検索を絞り込む',
    move: '移動',
    several: '表で複数を選択',
    escape: '検索を消し、次に閉じる',
    shortcuts: {
      console: 'コンソールを開く',
      destination: 'サービスやリージョンを選んで開く',
      copy: '前回の形式で認証情報をコピー',
      'copy-as': '形式を選んでコピー…',
      'row-menu': 'すべての操作',
      pin: 'ピン留め／外す',
      edit: '名前、色、タグ',
      'move-up': 'ピン留めを上へ',
      'move-down': 'ピン留めを下へ',
      search: '検索へ移る',
      refresh: 'アカウントとロールを更新',
      settings: '設定',
      window: 'ウィンドウを開く',
      keys: 'この一覧',
    },
  },
};
