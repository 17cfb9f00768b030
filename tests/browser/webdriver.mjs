// A client of W3C WebDriver (https://www.w3.org/TR/webdriver2/), which Firefox (by geckodriver) and WebKitGTK speak, with the
// commands that the tests need.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The key under which an element stands in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** Keys that are no characters. */
export const CONTROL = '\uE009';
/** The errors of a command while the script replaces an element, or another page replaces this one. */
const REPLACED = ['stale element reference', 'no such frame'];
/** The longest time to wait for something, in milliseconds. */
const LIMIT = 20_000;

/** A phone's width in pixels of CSS, and the narrowest window of Firefox in pixels of the screen. */
const [PHONE, NARROWEST] = [360, 500];

/** The browsers: how the driver is started, and the capabilities that ask it for a browser. */
const BROWSERS = {
  firefox: {
    driver: (port) => ['geckodriver', ['--port', port]],
    capabilities: (javaScript) => ({
      'moz:firefoxOptions': {
        binary: 'firefox-esr',
        args: ['-headless'],
        prefs: { 'javascript.enabled': javaScript, 'layout.css.devPixelsPerPx': String(NARROWEST / PHONE) },
      },
    }),
  },
  webkit: {
    driver: (port) => ['WebKitWebDriver', [`--port=${port}`]],
    capabilities: (javaScript) => ({
      'webkitgtk:browserOptions': { args: ['--automation', `--enable-javascript=${javaScript}`] },
    }),
  },
};

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(String(port)));
  });
});

/** Starts a program that ends with this one. */
const start = (program, args, options) => {
  const process_ = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'], ...options });
  process.once('exit', () => process_.kill());
  return process_;
};

/** Starts a screen in memory, and returns its name. */
async function startScreen() {
  const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const name = await new Promise((resolve, reject) => {
    screen.stdout.once('data', (number) => resolve(`:${String(number).trim()}`));
    screen.once('error', reject);
    screen.once('exit', () => reject(new Error('Xvfb has ended')));
  });
  return { screen, name };
}

/** Waits until `condition` returns something, and returns it. */
export async function until(what, condition) {
  const end = Date.now() + LIMIT;
  for (;;) {
    const value = await condition().catch((error) => {
      if (!REPLACED.includes(error.code)) throw error;
    });
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: it did not happen`);
    await sleep(50);
  }
}

/**
 * Calls `visit` with the window of a new browser, as narrow as it gets, and ends the browser. The driver of WebKitGTK sometimes
 * never responds to a command: then once more with another browser, at most twice.
 */
export async function browse(options, visit) {
  for (let retries = 2; ; retries -= 1) {
    try {
      await browseOnce(options, visit);
      return;
    } catch (error) {
      if (error.name !== 'TimeoutError' || retries === 0) throw error;
      console.log('the driver did not respond');
    }
  }
}

async function browseOnce({ browser, javaScript }, visit) {
  const { driver, capabilities } = BROWSERS[browser];
  const home = mkdtempSync(join(tmpdir(), 'veto-browser-'));
  const { screen, name } = await startScreen();
  const port = await freePort();
  const [program, args] = driver(port);
  const process_ = start(program, args, {
    env: { ...process.env, HOME: home, DISPLAY: name, GDK_BACKEND: 'x11', LC_ALL: 'C.UTF-8' },
  });
  const root = `http://127.0.0.1:${port}`;
  try {
    await until('the driver is ready', () => fetch(`${root}/status`).then((response) => response.ok, () => false));
    const { sessionId } = await send('POST', `${root}/session`, {
      capabilities: { alwaysMatch: capabilities(javaScript) },
    });
    const window = new Window(`${root}/session/${sessionId}`);
    try {
      await window.post('window/rect', { width: PHONE, height: 740 });
      await visit(window);
    } finally {
      await send('DELETE', window.address);
    }
  } finally {
    process_.kill();
    screen.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function send(method, address, body) {
  const response = await fetch(address, {
    method,
    signal: AbortSignal.timeout(LIMIT),
    body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    headers: method === 'POST' ? { 'content-type': 'application/json' } : {},
  });
  const { value } = await response.json();
  if (!response.ok) throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
  return value;
}

/** The window of a browser. */
class Window {
  constructor(address) {
    this.address = address;
  }

  get = (command) => send('GET', `${this.address}/${command}`);

  post = (command, body) => send('POST', `${this.address}/${command}`, body);

  open = (url) => this.post('url', { url });

  url = () => this.get('url');

  back = () => this.post('back');

  run = (script, ...args) => this.post('execute/sync', { script, args });

  /** The first element of a CSS selector, as soon as there is one. */
  find = (selector) => until(selector, async () => (await this.all(selector))[0]);

  /** All elements of a CSS selector. */
  async all(selector) {
    const found = await this.post('elements', { using: 'css selector', value: selector });
    return found.map((element) => new Element(this, element[ELEMENT]));
  }

  /** The element of a CSS selector with this text in it. */
  named = (selector, text) => until(`${selector} with “${text}”`, async () => {
    for (const element of await this.all(selector)) if ((await element.text()).includes(text)) return element;
    return undefined;
  });

  /** Clicks an element that leads to another page, and waits for that page. */
  async follow(element) {
    const { id } = await this.find('html');
    await element.click();
    await until('another page', async () => (await this.find('html')).id !== id);
    await this.find('footer');
  }

  /** Presses a key together with Control. */
  async pressWithControl(key) {
    const actions = [['keyDown', CONTROL], ['keyDown', key], ['keyUp', key], ['keyUp', CONTROL]];
    await this.post('actions', {
      actions: [{ type: 'key', id: 'keyboard', actions: actions.map(([type, value]) => ({ type, value })) }],
    });
  }
}

/** An element of a page. */
class Element {
  constructor(window, id) {
    this.window = window;
    this.id = id;
    this.path = `element/${id}`;
  }

  /**
   * Clicks by the pointer, as a person does. The command for it makes Firefox load the page anew when the visitor goes back.
   */
  async click() {
    const origin = { [ELEMENT]: this.id };
    await this.window.run('arguments[0].scrollIntoView({ block: "center" })', origin);
    const actions = [{ type: 'pointerMove', x: 0, y: 0, origin }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.window.post('actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  clear = () => this.window.post(`${this.path}/clear`);

  type = (text) => this.window.post(`${this.path}/value`, { text });

  text = () => this.window.get(`${this.path}/text`);

  property = (name) => this.window.get(`${this.path}/property/${name}`);
}
