import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal } from './portal.ts';
import { drive, which, type Kind } from './webdriver.ts';

/* What is not Chromium, where it is installed: the page loads, a report is written and sent, its number comes. */

let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal.close());

const others: Kind[] = [
  {
    name: 'Firefox',
    driver: 'geckodriver',
    capabilities: { 'moz:firefoxOptions': { args: ['-headless'] } },
    windowed: false,
  },
  { name: 'WebKit', driver: 'WebKitWebDriver', capabilities: {}, windowed: true },
];

const journey = `
  const until = async (find) => {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise((next) => setTimeout(next, 50));
    }
  };
  const root = await until(() => document.querySelector('mq-report-form')?.shadowRoot);
  await until(() => root.querySelectorAll('textarea').length >= 3);
  const button = (words) => [...root.querySelectorAll('button')].find((one) => one.textContent.trim() === words);
  for (const field of root.querySelectorAll('input[type=text], input:not([type]), textarea')) {
    field.value = '校门口放学时段拥堵';
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
  (await until(() => button('提交'))).click();
  (await until(() => button('确认提交'))).click();
  return (await until(() => root.querySelector('[data-thing]'))).getAttribute('data-thing');
`;

test.each(others.map((kind) => [kind.name, kind] as const))(
  'a report is sent in %s, or it is said that it was not tried',
  async (_, kind) => {
    const missing =
      which(kind.driver) === '' || (kind.windowed && !process.env['DISPLAY'] && which('Xvfb') === '');
    if (missing) {
      console.warn(
        `${kind.name} was not tried: ${kind.driver}${kind.windowed ? ' or a display (Xvfb)' : ''} is not installed here.`,
      );
      return;
    }
    const browser = await drive(kind);
    try {
      await browser.open(`${portal.base}?county=huantai&as=huantai-author-1&lang=zh#report`);
      expect(await browser.run(journey)).toMatch(/^report-\d+$/);
    } finally {
      await browser.close();
    }
  },
);
