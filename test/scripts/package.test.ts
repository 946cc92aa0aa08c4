import path from 'node:path';
import { expect, test } from 'vitest';
import { refusedSwitch } from '../../src/main/argv-guard.ts';

const TOP = path.resolve(import.meta.dirname, '../..');

/** Inner modules of electron-builder, of a pinned version, as far as they are used here. */
interface ConfigModule {
  getConfig(top: string, file: string, options: null): Promise<{ readonly linux: object }>;
}
interface AppImageModule {
  readonly default: new (
    name: string,
    packager: { readonly config: object; readonly platformSpecificBuildOptions: object; readonly appInfo: object },
    helper: { computeDesktopEntry(options: object, exec: string): string },
    folder: string,
  ) => { readonly desktopEntry: { readonly value: string } };
}

test.each(['electron-builder.yml', 'electron-builder.release.yml'])(
  'by %s the menu of a Linux desktop starts the AppImage without a switch that it refuses',
  async (file) => {
    const modules = 'app-builder-lib/out';
    const { getConfig } = (await import(`${modules}/util/config/config.js`)) as ConfigModule;
    const { default: AppImageTarget } = (await import(
      `${modules}/targets/appimage/AppImageTarget.js`
    )) as AppImageModule;
    const config = await getConfig(TOP, path.join(TOP, file), null);
    const packager = { config, platformSpecificBuildOptions: config.linux, appInfo: { buildVersion: '1' } };
    const helper = { computeDesktopEntry: (_options: object, exec: string) => exec };
    const exec = new AppImageTarget('appImage', packager, helper, '').desktopEntry.value;
    expect(exec).toMatch(/^AppRun\b/);
    expect(refusedSwitch(exec.split(' '))).toBeUndefined();
  },
);
