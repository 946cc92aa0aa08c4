import { createRoot } from 'react-dom/client';
import '../styles/tokens.css';
import '../styles/base.css';
import { MenuHost } from '../components/menu-host.tsx';
import { ShellProvider } from '../shell/shell-context.tsx';
import { createShell } from '../shell/shell.ts';
import { Gallery } from './gallery.tsx';
import { sampleClient } from './sample-client.ts';

const place = document.getElementById('root');
if (place === null) {
  throw new Error('The page has no place for the gallery');
}
createRoot(place).render(
  <ShellProvider shell={createShell(sampleClient(Date.now()), window)}>
    <Gallery />
    <MenuHost />
  </ShellProvider>,
);
