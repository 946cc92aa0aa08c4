import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.tsx';
import { chooseClient } from './client/choose-client.ts';
import { resolveLanguage } from './i18n/language.ts';
import { englishText, loadText } from './i18n/text.ts';
import { LockedPage } from './locked-page.tsx';
import { guardStrayClicks } from './shell/stray-clicks.ts';
import { createShell } from './shell/shell.ts';

/** Finds the client and draws the screen. */
async function start(): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) {
    throw new Error('The page has no place for the screen');
  }
  const root = createRoot(place);
  const outcome = await chooseClient(window, {
    fetch: (input, init) => window.fetch(input, init),
    sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  });
  if (outcome.kind === 'client') {
    const shell = createShell(outcome.client, window);
    guardStrayClicks(document);
    // At once: React would first let the browser draw the empty page.
    flushSync(() => root.render(<App shell={shell} />));
    return;
  }
  // Settings are out of reach here, so the system's language speaks.
  const system = navigator.languages;
  const text = await loadText(resolveLanguage('system', system), system).catch(() => englishText(system));
  document.documentElement.lang = text.language;
  root.render(<LockedPage text={text} />);
}

void start();
