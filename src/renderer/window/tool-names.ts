import type { ImportTool } from '../../shared/settings-commands.ts';

/** What the tools call themselves, in every language. */
export const TOOL_NAMES: Readonly<Record<ImportTool, string>> = {
  leapp: 'Leapp',
  'aws-vault': 'aws-vault',
  granted: 'Granted',
  'aws-sso-cli': 'aws-sso-cli',
};
