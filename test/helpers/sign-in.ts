import { expect } from 'vitest';
import { rolecall, type Machine } from './aws-programs.ts';
import { answerInBrowser } from './sandbox.ts';

const ADDRESS = /https?:\/\/\S*(?:authorize|user_code)\S*/;

/** Signs in by the command, as a person does: opens the address that is printed, and clicks. */
export async function signIn(machine: Machine, words = 'demo'): Promise<void> {
  const ended = await rolecall(machine, `sign-in ${words} --no-browser`, clickOnce());
  expect(ended).toMatchObject({ code: 0 });
}

/** For what a program prints: opens each address of a sign-in once, and allows it. */
export function clickOnce(): (printed: string) => void {
  const opened = new Set<string>();
  return (printed) => {
    const url = ADDRESS.exec(printed)?.[0];
    if (url !== undefined && !opened.has(url)) {
      opened.add(url);
      void answerInBrowser(url);
    }
  };
}
