import { EventEmitter } from 'node:events';
import type { ClipboardItem, Display, Rectangle } from 'electron';

/** What is put on the clipboard at once. */
export class StandInClipboardItem implements ClipboardItem {
  readonly items: Record<string, string>;
  constructor(items: Record<string, string>) {
    this.items = items;
  }
  get types(): string[] {
    return Object.keys(this.items);
  }
  getType(): Promise<never> {
    return Promise.reject(new Error('not played'));
  }
}

/** The system's clipboard. */
export class StandInClipboard {
  /** What lies on the clipboard, by format. */
  content: Record<string, string> = {};

  write(items: ClipboardItem[]): Promise<void> {
    this.content = Object.assign({}, ...items.map((item) => (item as StandInClipboardItem).items)) as Record<
      string,
      string
    >;
    return Promise.resolve();
  }
  readText(): Promise<string> {
    return Promise.resolve(this.content['text/plain'] ?? '');
  }
  clear(): void {
    this.content = {};
  }
}

/** Keys that work everywhere. */
export class StandInShortcuts {
  readonly registered = new Map<string, () => void>();
  readonly taken = new Set<string>();

  register(accelerator: string, callback: () => void): boolean {
    if (/[^\w+]/.test(accelerator)) {
      throw new TypeError('Error processing argument: conversion failure');
    }
    if (this.taken.has(accelerator)) {
      return false;
    }
    this.registered.set(accelerator, callback);
    return true;
  }
  unregister(accelerator: string): void {
    this.registered.delete(accelerator);
  }
}

/** Light and dark. */
export class StandInTheme extends EventEmitter {
  themeSource: 'system' | 'light' | 'dark' = 'system';
  systemIsDark = false;
  shouldUseDarkColorsForSystemIntegratedUI = true;

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'system' ? this.systemIsDark : this.themeSource === 'dark';
  }
}

/** Displays and pointer. */
export class StandInScreen extends EventEmitter {
  workAreas: Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  pointer = { x: 1800, y: 1030 };

  getAllDisplays(): Display[] {
    return this.workAreas.map((workArea) => ({ workArea, bounds: workArea }) as Display);
  }
  getCursorScreenPoint(): { x: number; y: number } {
    return this.pointer;
  }
  getDisplayNearestPoint(point: { readonly x: number; readonly y: number }): Display {
    const holds = (area: Rectangle) =>
      point.x >= area.x && point.x < area.x + area.width && point.y >= area.y && point.y < area.y + area.height;
    const workArea = this.workAreas.find(holds) ?? this.workAreas[0];
    return { workArea, bounds: workArea } as Display;
  }
}
