import { Secret } from '../../model/secret.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { FoundImport, ImportPreview, settingsCommandInputs } from '../../../shared/settings-commands.ts';
import type { FoundTool, ToolImportReport } from '../../session/import/tool-import.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type NetworkCommand = 'setProxySignIn' | 'forgetProxySignIn' | 'lockSecretStore' | 'testConnection';
type ImportCommand = 'findImports' | 'importFrom';
type FolderCommand = 'dataFolder' | 'openDataFolder' | 'clearCache';

/** Commands of the settings page. */
export function settingsHandlers(context: HandlerContext): HandlersOf<keyof typeof settingsCommandInputs> {
  return { ...networkHandlers(context), ...folderHandlers(context), ...importHandlers(context) };
}

function networkHandlers({ services, kept, store, signal }: HandlerContext): HandlersOf<NetworkCommand> {
  const setProxySignsIn = async (proxySignsIn: boolean): Promise<void> => {
    const settings = await kept.settings.update((before): Settings => ({ ...before, proxySignsIn }));
    store.update(() => ({ settings }));
  };
  return {
    async setProxySignIn({ user, password }) {
      await services.machine.keepProxySignIn({ user, password: new Secret(password) });
      await setProxySignsIn(true);
      return null;
    },
    async forgetProxySignIn() {
      await setProxySignsIn(false);
      await services.machine.forgetProxySignIn();
      return null;
    },
    async lockSecretStore() {
      await services.secretStore.lock();
      return null;
    },
    async testConnection() {
      const { hosts, proxies, findings } = await services.machine.testConnection(signal);
      return {
        hosts,
        proxies,
        findings: findings.map(({ code, severity, title, hint }) => ({ code, severity, title, hint })),
      };
    },
  };
}

function folderHandlers(context: HandlerContext): HandlersOf<FolderCommand> {
  const { services, shell, store, directories, clearActivity } = context;
  const clearDirectories = async (): Promise<void> => {
    const ids = store.get().ssoSessions.map(({ id }) => id);
    await Promise.all(ids.map((id) => services.directory.forget(id)));
    store.update(() => ({ directories: {} }));
    await directories.showKept(ids);
    for (const { id, access } of store.get().ssoSessions) {
      if (access.kind === 'signed-in') {
        directories.refreshSoon(id);
      }
    }
  };
  return {
    async dataFolder() {
      const { dataFolder } = services.machine;
      return { path: dataFolder.path, cacheBytes: await dataFolder.cacheBytes() };
    },
    async openDataFolder() {
      await shell.showFolder(services.machine.dataFolder.path);
      return null;
    },
    async clearCache({ cache }) {
      await (cache === 'activity' ? clearActivity() : clearDirectories());
      return null;
    },
  };
}

function importHandlers({ services, kept, store, files, access }: HandlerContext): HandlersOf<ImportCommand> {
  const showImported = async (): Promise<void> => {
    const marks = await kept.marks.read();
    store.update(() => ({ marks }));
    await files.load();
    await access.refresh();
  };
  return {
    async findImports() {
      const found = await (await services.machine.toolImport()).find();
      return { tools: found.map(foundImport) };
    },
    async importFrom({ tool, takeOver = false, preview = false }) {
      const toolImport = await services.machine.toolImport();
      const report = await (preview ? toolImport.preview(tool, { takeOver }) : toolImport.apply(tool, { takeOver }));
      await (preview ? undefined : showImported());
      return importPreview(report);
    },
  };
}

function foundImport({ tool, file, failure, collected }: FoundTool): FoundImport {
  return {
    tool,
    file,
    failure,
    ssoSessions: collected.ssoSessions.length,
    profiles: collected.profiles.length,
    marks: Object.keys(collected.marks).length,
    takeOvers: collected.takeOvers.length,
    keys: collected.keys.length,
  };
}

/** An import as screens and scripts get it. */
export function importPreview({ previews, newMarks, items, keys, notes }: ToolImportReport): ImportPreview {
  return {
    previews,
    markCount: newMarks.length,
    conflicts: items.flatMap(({ name, action, why }) => (action === 'conflict' ? [`${name}: ${why ?? ''}`] : [])),
    keys: keys.map(({ command }) => command),
    notes,
  };
}
