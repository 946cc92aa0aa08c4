import fuses from '@electron/fuses';
// An inner module of a pinned version: the package keeps these to itself.
import constants from '@electron/fuses/dist/constants.js';

const { FuseV1Options, getCurrentFuseWire } = fuses;
const { FuseState, SENTINEL } = constants;

/** What releases set (electron-builder.release.yml): https://www.electronjs.org/docs/latest/tutorial/fuses */
const RELEASE_FUSES = /** @type {const} */ ({
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
});

/**
 * A program that is not Electron but holds its fuses, every one of them the other way round than releases have them, so that each
 * must really be set.
 *
 * @returns {Buffer}
 */
export function programWithFuses() {
  const states = Object.values(RELEASE_FUSES).map((isOn) => (isOn ? FuseState.DISABLE : FuseState.ENABLE));
  return Buffer.concat([Buffer.from(`#!/bin/sh\nexit 0\n# ${SENTINEL}`), Buffer.from([1, states.length, ...states])]);
}

/**
 * What is wrong with the fuses of a packed program, read from its bytes.
 *
 * @param {string} program the executable, or the `.app` on macOS @returns {Promise<string[]>}
 */
export async function fuseFaults(program) {
  const wire = await getCurrentFuseWire(program);
  return Object.entries(RELEASE_FUSES).flatMap(([name, isOn]) => {
    const state = wire[FuseV1Options[/** @type {keyof typeof RELEASE_FUSES} */ (name)]];
    return state === (isOn ? FuseState.ENABLE : FuseState.DISABLE)
      ? []
      : [`the fuse ${name} is not ${isOn ? 'on' : 'off'}`];
  });
}
