/** What a stand-in need not repeat: each of Electron's classes returns itself there, with all its methods. */
export type Listening = 'on' | 'once';

/** An Electron event: `preventDefault` is remembered. */
export function standInEvent(): { defaultPrevented: boolean; preventDefault(): void } {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}
