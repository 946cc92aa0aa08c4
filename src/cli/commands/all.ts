import type { CommandSpec } from '../command-spec.ts';
import { accounts } from './accounts.ts';
import { connect } from './connect.ts';
import { openConsole } from './console.ts';
import { check } from './check.ts';
import { credentials } from './credentials.ts';
import { doctor } from './doctor.ts';
import { exec, shell } from './exec.ts';
import { exportCredentials } from './export.ts';
import { agent, host } from './host.ts';
import { guide } from './guide.ts';
import { importTool } from './import.ts';
import { instances } from './instances.ts';
import { keysAdd } from './keys.ts';
import { log } from './log.ts';
import { mfaEnrol, mfaList, mfaRemove, mfaResync } from './mfa.ts';
import { profiles } from './profiles.ts';
import { profilesAdd, profilesDefault, profilesRemove, profilesRename, profilesSet } from './profiles-edit.ts';
import { profilesShow } from './profiles-show.ts';
import { profilesSync } from './profiles-sync.ts';
import { protect, unprotect } from './protect.ts';
import { renew } from './renew.ts';
import { rotate } from './rotate.ts';
import { setUpExport, setUpImport } from './set-up.ts';
import { completeCommand, shellInit } from './shell-init.ts';
import { addSso, signIn, signOut } from './sso.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { vaultOff, vaultOn } from './vault.ts';

/** Every command there is, in the order in which help shows them. */
export const ALL_COMMANDS: readonly CommandSpec[] = [
  addSso,
  signIn,
  signOut,
  status,
  profiles,
  profilesShow,
  profilesSync,
  profilesSet,
  profilesAdd,
  profilesRename,
  profilesRemove,
  profilesDefault,
  accounts,
  credentials,
  exportCredentials,
  renew,
  openConsole,
  exec,
  shell,
  instances,
  connect,
  keysAdd,
  mfaList,
  mfaEnrol,
  mfaResync,
  mfaRemove,
  protect,
  unprotect,
  rotate,
  vaultOn,
  vaultOff,
  importTool,
  undo,
  setUpExport,
  setUpImport,
  check,
  doctor,
  guide,
  log,
  host,
  agent,
  shellInit,
  completeCommand(() => ALL_COMMANDS),
];
