import type { Translated } from './catalogue.ts';
import type { enFirstRun } from './en-first-run.ts';

/** 首次使用和演示步骤的简体中文文字。 */
export const zhCnFirstRun: Translated<typeof enFirstRun> = {
  firstRun: {
    title: '欢迎使用 Rolecall',
    text: '添加您的 IAM Identity Center。它的起始 URL 就是您选择 AWS 账户的页面。',
    sandboxTitle: '试用 Rolecall',
    sandboxText: '这是带有自己的 AWS 的演示。起始 URL 已填好：按下按钮并登录。',
    found: '在 ~/.aws 中找到',
    foundNothing: '~/.aws 中还没有任何内容。',
    foundSessions: (count) => `${count} 个 Identity Center`,
    foundProfiles: (count) => `${count} 个配置文件`,
    foundProblems: (count) => `${count} 个问题`,
    mendText: '这些文件中的问题使 AWS 工具无法工作。请先修复；更改前会先显示内容。',
    signInText: '登录后，您的账户和角色会显示在这里。',
    profilesText: '您的配置文件已在下方可用。如果公司有 IAM Identity Center，请添加。',
    signInTo: (name) => `登录 ${name}`,
    iamUser: '我用的是 IAM 用户',
    tryDemo: '先试用演示',
    demoOpened: '演示将在单独的窗口中打开',
    demoOpenedHint: '它有自己的 AWS。不会触碰您的任何内容，关闭后什么也不留下。',
  },
  demo: {
    steps: '演示步骤',
    isDone: '已完成',
    titles: {
      add: '添加 Identity Center',
      'sign-in': '登录',
      console: '打开控制台',
      copy: '复制凭证',
      mfa: '回答 MFA 提示',
    },
    texts: {
      add: '起始 URL 已填好。',
      'sign-in': '在打开的页面上批准请求。',
      console: '搜索一个角色，然后按 Enter。',
      copy: '选择一个角色并按 Ctrl+C，或按复制按钮。',
      mfa: (profile) => `打开 ${profile}。演示手机会显示验证码。`,
    },
    allDone: '就是这样',
    allDoneText: '关闭演示，用您自己的 AWS 做同样的事。',
    close: '关闭步骤',
  },
};
