/** Someone at a screen: a browser of their own, and what they see of the network. */
import type { BrowserContext, Page } from 'playwright-core';

/** What a screen shows of the stage, in the explorer's own words. */
export interface View {
  focus?: string;
  step?: number;
  picture?: string;
  network?: string;
}

/** A phone: what a student holds. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** A laptop. */
export const LAPTOP = { viewport: { width: 1280, height: 800 } };

/** The address of the desk of a class. */
const DESK = /\/c\/(\w{6})\/desk$/u;

export class Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong on the page: errors on the console, exceptions, requests to elsewhere. */
  readonly problems: string[] = [];
  /** What the server said to the page on its socket. */
  readonly frames: string[] = [];

  constructor(page: Page, address: string) {
    this.page = page;
    this.context = page.context();
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => this.frames.push(payload.toString())),
    );
    page.on('pageerror', (error) => this.problems.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      // Said of every page whose context has no workers.
      if (message.text() === 'Service Worker registration blocked by Playwright') return;
      if (['error', 'warning'].includes(message.type())) this.problems.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      const isOwn = url.origin === address || ['blob:', 'data:'].includes(url.protocol);
      if (!isOwn) this.problems.push(`request to elsewhere: ${request.url()}`);
    });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Waits until the connection is said to be in this state. */
  async status(words: string | RegExp): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });
  }

  /** Waits until the explorer shows this. */
  async sees(view: View): Promise<void> {
    const wanted = Object.entries(view).map(([name, value]) => `[data-${name}="${value}"]`);
    await this.page.locator(`[data-focus]${wanted.join('')}`).waitFor();
  }

  /** The code of the class that was just started here: other screens show a network, too. */
  async startedClass(): Promise<string> {
    await this.page.waitForURL(DESK);
    const [, code = ''] = DESK.exec(this.page.url()) ?? [];
    return code;
  }

  /** What the explorer shows now. */
  async view(): Promise<Required<View>> {
    return this.page.locator('[data-focus]').evaluate((element: HTMLElement) => ({
      network: element.dataset['network'] ?? '',
      picture: element.dataset['picture'] ?? '',
      focus: element.dataset['focus'] ?? '',
      step: Number(element.dataset['step']),
    }));
  }

  /** Opens a unit, counted from 0, from the overview. */
  async openUnit(layer: string, unit: number): Promise<void> {
    await this.page
      .getByRole('button', {
        name: new RegExp(`^${layer}, unit ${unit + 1}\\b`, 'u'),
      })
      .click();
  }

  /** Opens what a narrow screen folds into one button on the card of a unit. */
  async unfold(): Promise<void> {
    await this.page.getByRole('article').waitFor();
    const more = this.button('More about this unit');
    if (await more.count()) await more.click();
  }

  /** A button beside an open unit, which a narrow screen folds into another one. */
  async tool(name: string) {
    const [tool, more] = [this.button(name), this.button('More about this unit')];
    await tool.or(more).first().waitFor();
    if ((await tool.count()) === 0) await more.click();
    return tool;
  }

  /** Shows all units of a layer. */
  async openLayer(layer: string): Promise<void> {
    await this.page.getByTitle(new RegExp(`^${layer}: `, 'u')).click();
  }

  /** Goes to another address of the app, as a link in it or Back does: without loading it again. */
  async goesTo(address: string): Promise<void> {
    await this.page.evaluate((address) => {
      history.pushState(null, '', address);
      dispatchEvent(new PopStateEvent('popstate'));
    }, address);
  }

  /** Forgets problems that the test itself caused. */
  forgive(pattern: RegExp): void {
    const rest = this.problems.filter((problem) => !pattern.test(problem));
    this.problems.splice(0, this.problems.length, ...rest);
  }
}
