import { EventEmitter } from 'node:events';
import type {
  Menu,
  MenuItem,
  MenuItemConstructorOptions,
  NativeImage,
  NotificationConstructorOptions,
  Rectangle,
} from 'electron';
import type { AppNotification } from '../../src/main/notifications.ts';
import type { AppTray } from '../../src/main/tray.ts';
import { standInEvent, type Listening } from './electron-standin-event.ts';

/** A picture by its file. */
export class StandInImage {
  readonly file: string;
  isTemplate = false;

  constructor(file: string) {
    this.file = file;
  }
  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate;
  }
}

/** A native menu as its template; a test clicks its lines. */
export class StandInMenu {
  readonly template: readonly MenuItemConstructorOptions[];

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.template = template;
  }

  /** The labels of all lines, submenus indented by two spaces a level. */
  lines(template: readonly MenuItemConstructorOptions[] = this.template, indent = ''): string[] {
    return template.flatMap((item) => [
      `${indent}${item.type === 'separator' ? '---' : (item.label ?? item.role ?? '')}`,
      ...(Array.isArray(item.submenu) ? this.lines(item.submenu, `${indent}  `) : []),
    ]);
  }

  /** Clicks the line reached by these labels, or their beginnings, or roles; throws when there is none that can be clicked. */
  click(...path: readonly string[]): void {
    let items = this.template;
    let found: MenuItemConstructorOptions | undefined;
    for (const label of path) {
      found = items.find((item) => (item.label ?? item.role ?? '').startsWith(label) && item.enabled !== false);
      items = Array.isArray(found?.submenu) ? found.submenu : [];
    }
    if (found?.click === undefined) {
      throw new Error(`No line "${path.join(' > ')}" in:\n${this.lines().join('\n')}`);
    }
    found.click(found as unknown as MenuItem, undefined, { triggeredByAccelerator: false });
  }
}

/** A tray icon and what it shows. */
export class StandInTray extends EventEmitter implements Omit<AppTray, Listening> {
  image: StandInImage;
  toolTip = '';
  title = '';
  menu: StandInMenu | undefined;
  destroyed = false;
  ignoresDoubleClicks = false;
  /** Where the icon is. */
  place: Rectangle = { x: 1780, y: 1044, width: 24, height: 24 };
  readonly guid: string | undefined;

  constructor(image: NativeImage, guid?: string) {
    super();
    this.image = image as unknown as StandInImage;
    this.guid = guid;
  }
  getBounds(): Rectangle {
    return this.place;
  }
  setIgnoreDoubleClickEvents(ignore: boolean): void {
    this.ignoresDoubleClicks = ignore;
  }
  setImage(image: NativeImage | string): void {
    this.image = image as unknown as StandInImage;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = (menu ?? undefined) as unknown as StandInMenu | undefined;
  }
  popUpContextMenu(menu?: Menu): void {
    this.menu = menu as unknown as StandInMenu | undefined;
  }
  destroy(): void {
    this.destroyed = true;
  }
  /** The user clicks the icon. */
  click(bounds = this.place): void {
    this.emit('click', standInEvent(), bounds, { x: bounds.x, y: bounds.y });
  }
}

/** A notification of the system. */
export class StandInNotification extends EventEmitter implements Omit<AppNotification, Listening> {
  readonly options: NotificationConstructorOptions;
  isShown = false;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.isShown = true;
  }
  close(): void {
    this.isShown = false;
  }
  /** The user clicks it. */
  click(): void {
    this.emit('click', standInEvent());
  }
  /** The user presses one of its buttons. */
  press(label: string): void {
    const actionIndex = this.options.actions?.findIndex(({ text }) => text === label) ?? -1;
    if (actionIndex < 0) {
      throw new Error(`No button "${label}" on "${this.options.title ?? ''}".`);
    }
    this.emit('action', { ...standInEvent(), actionIndex, selectionIndex: -1 });
  }
}
