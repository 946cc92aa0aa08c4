import type { Translated } from './catalogue.ts';
import type { enKeys } from './en-keys.ts';

/** 键盘快捷键的简体中文文字。 */
export const zhCnKeys: Translated<typeof enKeys> = {
  keys: {
    title: '键盘快捷键',
    type: '搜索',
    filter: '缩小搜索范围',
    move: '移动',
    several: '在表中选择多个',
    escape: '清除搜索，然后关闭',
    shortcuts: {
      console: '打开控制台',
      destination: '在指定服务或区域打开',
      copy: '按上次的格式复制凭证',
      'copy-as': '复制凭证为…',
      'row-menu': '所有操作',
      pin: '固定或取消固定',
      edit: '名称、颜色、标签',
      'move-up': '上移固定的角色',
      'move-down': '下移固定的角色',
      search: '转到搜索',
      refresh: '刷新账户和角色',
      settings: '设置',
      window: '打开窗口',
      keys: '本列表',
    },
  },
};
