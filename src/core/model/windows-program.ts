/**
 * The absolute path of one of Windows' own programs, such as `System32\reg.exe`. By its bare name a program is first looked for in
 * the present folder, where whoever made that folder may have put another: a repository that was cloned, for one.
 */
export function windowsProgram(env: Readonly<Record<string, string | undefined>>, program: string): string {
  return `${env['SystemRoot'] || String.raw`C:\Windows`}\\${program}`;
}
