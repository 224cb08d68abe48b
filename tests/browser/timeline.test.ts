import { beforeAll, expect, test } from 'vitest';
import { answeredOnPlatform, sent } from './acts.ts';
import { hostPage, htmlPage, tokenOf } from './host-page.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();
let item = '';
beforeAll(async () => {
  item = await answeredOnPlatform(portal, '校门口的护学岗');
});

/** A portal's page with these elements of Zhenyuan's, and whose login its script hands over, if anybody's. */
async function opened(elements: string, who: string | null, attributes = '') {
  const page = await hostPage(portal, {
    'page.html': htmlPage(`<mq-county id="mq" county="zhenyuan" ${attributes}>${elements}</mq-county>`, [
      '/minqing.js',
      ...(who === null ? [] : ['page.js']),
    ]),
    'page.js': `document.querySelector('#mq').token = ${tokenOf(`zhenyuan-${who}`, 'zhenyuan')};`,
  });
  await page.goto(`${portal.base}host/page.html`);
  return page;
}
const timeline = (id: string, kind = 'handling') =>
  `<mq-report-timeline kind="${kind}" thing="${id}"></mq-report-timeline>`;
const happened = async (page: Awaited<ReturnType<typeof opened>>) => {
  const items = page.locator('mq-report-timeline ol.history li > strong');
  await items.first().waitFor();
  return (await items.allTextContents()).map((words) => words.trim());
};

test('whoever has not signed in, or may not read it, is told what the county publishes; its author all of it', async () => {
  const published = ['交办', '签收', '报告进展', '办复', '确认答复'];
  for (const who of [null, 'author-2']) {
    const page = await opened(timeline(item), who);
    expect(await happened(page)).toEqual(published);
    await page.getByText('承办单位').waitFor();
    await page.getByText('办理进展:已到现场看过。').waitFor();
    expect(await page.locator('mq-report-timeline [data-flow]').count()).toBe(0);
  }
  const own = await opened(timeline(item), 'author-1');
  await own.locator('mq-report-timeline [data-flow]').waitFor();
});

test('what is not published, and what is not there, say so in one way, in both languages, and may be asked for again', async () => {
  const hidden = await sent(portal, 'zhenyuan', 'author-1', '不公开的信息');
  const say = async (id: string, attributes = '') => {
    const page = await opened(timeline(id, 'report'), null, attributes);
    const alert = page.locator('mq-report-timeline').getByRole('alert');
    await alert.waitFor();
    const words = await alert.locator('p').textContent();
    await alert.getByRole('button').press('Enter');
    await alert.waitFor();
    return words;
  };
  const words = await say(hidden);
  expect(words).toContain('没有公开,或编号有误');
  expect(await say('report-999')).toBe(words);
  expect(await say(hidden, 'language="en"')).toContain('not published, or its number is wrong');
});

test('where a page asks for more than that without a login, it says that one has to sign in', async () => {
  const page = await opened(`<mq-report-form></mq-report-form>${timeline(item)}`, null);
  await page.locator('mq-county').getByRole('alert').getByText('登录').waitFor();
  expect(await page.locator('mq-report-timeline ol.history').isVisible()).toBe(false);
});
