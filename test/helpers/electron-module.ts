import { register } from 'node:module';
import type { ElectronStandIn } from './electron-standin.ts';

const KEY = 'rolecall.electron-stand-in';

/**
 * From now on `import 'electron'`, by packages and by built code in this process, gives the stand-in's APIs. Once a process: modules
 * keep what they imported. Must be called before anything that imports Electron is loaded.
 */
export function provideElectron(standIn: ElectronStandIn): void {
  const apis = { ...standIn.apis, shell: { ...standIn.apis.shell, openPath: () => Promise.resolve('') } };
  Reflect.set(globalThis, Symbol.for(KEY), apis);
  const names = Object.keys(apis);
  const source = [
    `const apis = globalThis[Symbol.for(${JSON.stringify(KEY)})];`,
    'export default apis;',
    `export const { ${names.join(', ')} } = apis;`,
  ].join('\n');
  register(`data:text/javascript,${encodeURIComponent(hooks(source))}`);
}

/** Module hooks, which Node runs in a thread of their own: https://nodejs.org/api/module.html#customization-hooks */
function hooks(source: string): string {
  return `
    export async function resolve(specifier, context, next) {
      return specifier === 'electron' ? { url: 'stand-in:electron', shortCircuit: true } : next(specifier, context);
    }
    export async function load(url, context, next) {
      return url === 'stand-in:electron'
        ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(source)} }
        : next(url, context);
    }`;
}
