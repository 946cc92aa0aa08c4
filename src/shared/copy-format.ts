/** The forms in which credentials leave for the clipboard or for `rolecall export`. */
export const COPY_FORMATS = ['bash', 'fish', 'powershell', 'cmd', 'dotenv', 'json', 'ini'] as const;

export type CopyFormat = (typeof COPY_FORMATS)[number];

/** How each form is named to people. */
export const COPY_FORMAT_LABELS: Readonly<Record<CopyFormat, string>> = {
  bash: 'bash / zsh',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'Windows cmd',
  dotenv: '.env file',
  json: 'JSON',
  ini: 'AWS credentials file',
};
