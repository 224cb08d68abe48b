import { expect, test } from 'vitest';
import { form, report, send, sentId, write } from './acts.ts';
import { hostPage, htmlPage, tokenOf } from './host-page.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

const county = (inside: string, prefix = 'mq') =>
  `<${prefix}-county id="${prefix}" county="huantai">${inside}</${prefix}-county>`;
const inForm = htmlPage(
  `<form id="host"><fieldset id="part">${county('<mq-report-form name="report"></mq-report-form>')}</fieldset></form>`,
  ['/minqing.js', 'page.js'],
);
const handOver = `document.querySelector('#mq').token = ${tokenOf('huantai-author-1')};`;
const openInForm = async () => {
  const page = await hostPage(portal, {
    'page.html': inForm,
    'page.js': handOver,
    'next.html': htmlPage('', []),
  });
  await page.goto(`${portal.base}host/page.html`);
  return page;
};
const title = (page: Awaited<ReturnType<typeof openInForm>>) =>
  form(page).getByRole('textbox', { name: /^标题/ });
const valueInHost = (page: Awaited<ReturnType<typeof openInForm>>) =>
  page.evaluate(() => {
    const host = document.querySelector('form');
    return host ? new FormData(host).get('report') : 'no form';
  });

test('inside a host’s form the element’s value is the report’s id once sent, already when mq-done is heard', async () => {
  const page = await openInForm();
  await title(page).waitFor();
  await page.evaluate(() =>
    addEventListener('mq-done', () => {
      const host = document.querySelector('form');
      document.body.dataset['heard'] = host ? String(new FormData(host).get('report')) : '';
    }),
  );
  expect(await valueInHost(page)).toBeNull();
  const id = await report(page, '在门户的表单里反映');
  expect(await valueInHost(page)).toBe(id);
  expect(await page.locator('body').getAttribute('data-heard')).toBe(id);
  await page.close();
});

test('a login that the host hands over again while somebody writes takes away nothing that is written', async () => {
  const page = await openInForm();
  await title(page).fill('关于路口');
  const again = page.waitForResponse(/\/new$/);
  await page.evaluate(() => {
    const county = document.querySelector('#mq');
    // Another function, which is all that a host can set again.
    if (county && 'token' in county && typeof county.token === 'function') {
      const before: unknown = county.token;
      county.token = () => (typeof before === 'function' ? before() : '');
    }
  });
  await title(page).pressSequentially('红绿灯时间太短的情况', { delay: 30 });
  await again;
  await expect.poll(() => title(page).inputValue()).toBe('关于路口红绿灯时间太短的情况');
  await page.close();
});

test('the host’s reset empties what was written, and gives the form back after sending, without a value', async () => {
  const page = await openInForm();
  const reset = () =>
    page.locator('#host').evaluate((host) => host instanceof HTMLFormElement && host.reset());
  await title(page).fill('写错了');
  await reset();
  await expect.poll(() => title(page).inputValue()).toBe('');
  await report(page, '重置之前已提交');
  await reset();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe('');
  expect(await valueInHost(page)).toBeNull();
  await page.close();
});

test.each(['#part', 'mq-report-form'])(
  'while %s is disabled nothing can be written or sent, and what was written stays',
  async (disabled) => {
    const page = await openInForm();
    await title(page).fill('先写一半');
    const set = (on: boolean) =>
      page.locator(disabled).evaluate((element, on) => void element.toggleAttribute('disabled', on), on);
    const controls = form(page).locator('input, textarea, select, button');
    await set(true);
    await expect
      .poll(() => controls.evaluateAll((all) => all.every((one) => one.matches(':disabled'))))
      .toBe(true);
    expect(await controls.count()).toBeGreaterThan(4);
    await set(false);
    await expect.poll(() => title(page).isEnabled()).toBe(true);
    expect(await title(page).inputValue()).toBe('先写一半');
    await page.close();
  },
);

test('`disabled` is a property as of any control: set true and false by script, and reflected', async () => {
  const page = await openInForm();
  await title(page).waitFor();
  const set = (on: boolean) =>
    page.locator('mq-report-form').evaluate((element, on) => {
      Object.assign(element, { disabled: on });
      return 'disabled' in element && element.disabled;
    }, on);
  const attribute = () => form(page).getAttribute('disabled');
  expect(await set(true)).toBe(true);
  await expect.poll(() => title(page).isDisabled()).toBe(true);
  expect(await attribute()).toBe('');
  expect(await set(false)).toBe(false);
  await expect.poll(() => title(page).isEnabled()).toBe(true);
  expect(await attribute()).toBeNull();
  await page.close();
});

test('what was written is there again after the page was left and gone back to; what was sent is not', async () => {
  const page = await openInForm();
  await write(page, '离开之前写的');
  await page.goto(`${portal.base}host/next.html`);
  await page.goBack();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe('离开之前写的');
  expect(await form(page).getByRole('textbox', { name: '建议' }).inputValue()).toBe('错峰放学。');
  await send(page);
  await sentId(page);
  await page.goto(`${portal.base}host/next.html`);
  await page.goBack();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe('');
  await page.close();
});

test('two copies of the elements under two prefixes share a page, and each sends a report', async () => {
  const page = await hostPage(portal, {
    'page.html': htmlPage(
      county('<mq-report-form></mq-report-form>') + county('<next-report-form></next-report-form>', 'next'),
      ['/minqing.js', 'page.js'],
    ),
    'page.js': `import { register } from '/another/minqing.js';
      register({ prefix: 'next' }); register({ prefix: 'third' });
      ${handOver} document.querySelector('#next').token = ${tokenOf('huantai-author-2')};
      addEventListener('mq-done', ({ target, detail }) => (document.title += ' ' + target.localName + '=' + detail.id));`,
  });
  // Another version lies elsewhere, with all that it fetches later.
  await page.route(`${portal.base}another/**`, async (route) =>
    route.fulfill({ response: await route.fetch({ url: route.request().url().replace('/another/', '/') }) }),
  );
  await page.goto(`${portal.base}host/page.html`);
  const sent: string[] = [];
  for (const tag of ['next-report-form', 'mq-report-form']) {
    const one = page.locator(tag);
    await one.getByRole('textbox', { name: /^标题/ }).fill(`由 ${tag} 反映`);
    await one.getByRole('textbox', { name: '情况' }).fill('城区三所小学放学时段校门口拥堵。');
    await one.getByRole('textbox', { name: '分析' }).fill('停车位不足。');
    await one.getByRole('textbox', { name: '建议' }).fill('错峰放学。');
  }
  // What the other has written is not lost by the first one's sending.
  for (const tag of ['next-report-form', 'mq-report-form']) {
    await page.locator(tag).getByRole('button', { name: '提交', exact: true }).click();
    await page.locator(tag).getByRole('button', { name: '确认提交' }).click();
    const id = await page.locator(tag).locator('[data-thing]').getAttribute('data-thing');
    sent.push(`${tag}=${id}`);
  }
  expect(new Set(sent.map((one) => one.split('=')[1])).size).toBe(2);
  expect(await page.title()).toBe(`门户 ${sent.join(' ')}`);
  // And one copy can have two names for its own.
  const classes = await page.evaluate(
    () =>
      new Set(['mq-county', 'next-county', 'third-county'].flatMap((tag) => customElements.get(tag) ?? []))
        .size,
  );
  expect(classes).toBe(3);
  await page.close();
});

test('a login that ran out while writing is asked for anew, and what was typed is sent', async () => {
  // Each token that the portal gives has its number, so that asking again can be told from sending again.
  const page = await hostPage(portal, {
    'page.html': inForm,
    'page.js': `let asked = 0; const fresh = ${tokenOf('huantai-author-1')};
      document.querySelector('#mq').token = async () => ++asked + '~' + (await fresh());`,
  });
  const sentWith: string[] = [];
  let ranOut = 0;
  await page.route(`${portal.base}counties/**`, async (route) => {
    const request = route.request();
    const [, number = '', token = ''] =
      /^Bearer (\d+)~(.+)$/.exec(request.headers()['authorization'] ?? '') ?? [];
    const sends = request.method() === 'POST' && request.url().endsWith('/reports');
    if (sends) sentWith.push(number);
    const authorization = sends && ranOut-- > 0 ? 'Bearer ran-out' : `Bearer ${token}`;
    await route.continue({ headers: { ...request.headers(), authorization } });
  });
  await page.goto(`${portal.base}host/page.html`);
  await write(page, '登录过期时写的');
  ranOut = 2;
  await send(page);
  // Refused with the new login too: said, and nothing is lost.
  await form(page).getByRole('alert').waitFor();
  await form(page).locator('dd').filter({ hasText: '登录过期时写的' }).waitFor();
  expect(sentWith).toHaveLength(2);
  ranOut = 1;
  await form(page).getByRole('button', { name: '确认提交' }).click();
  const id = await sentId(page);
  expect(sentWith).toHaveLength(4);
  expect(new Set(sentWith).size).toBe(4);
  expect(await form(page).locator(`[data-thing="${id}"]`).innerText()).toContain('登录过期时写的');
  await page.close();
});
