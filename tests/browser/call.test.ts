import { expect, test } from 'vitest';
import { form, send, sentId, write } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

/** Far enough ahead for any clock that the test runs by. */
const deadline = `${new Date().getFullYear() + 1}-06-30`;

test('a call is published at the desk, a member answers it from the form, and the count shows to everybody', async () => {
  const director = await portal.open('huantai', 'office-director', 'desk');
  const desk = director.locator('mq-review-desk');
  await desk.locator('[data-kind="call"]').click();
  await desk.locator('[data-new="call"] summary').click();
  const fresh = desk.locator('[data-new="call"] form');
  await fresh.getByLabel(/^题目/).fill('校园周边安全');
  await fresh.getByLabel(/^要反映什么/).fill('上下学时段有哪些隐患,涉及多少人。');
  await fresh.getByLabel(/^截止日期/).fill(deadline);
  await fresh.getByRole('button', { name: '发布约稿' }).press('Enter');
  const published = desk.locator('article[data-thing="call-1"]');
  await published.locator('[data-answers="0"]').waitFor();

  const author = await portal.open('huantai', 'author-1', 'report');
  const call = form(author).locator('[data-call="call-1"]');
  await call.locator('summary').click();
  await call.getByText('上下学时段有哪些隐患').waitFor();
  await call.getByRole('button', { name: '应答约稿“校园周边安全”' }).press('Enter');
  await expect
    .poll(() =>
      form(author)
        .getByLabel(/应答约稿/)
        .last()
        .inputValue(),
    )
    .toBe('call-1');
  await write(author, '关于学校门口护学岗的建议');
  await send(author);
  const id = await sentId(author);

  // Another member sees that somebody answered, in English too; the report itself is not theirs to read.
  const other = await portal.open('huantai', 'author-2', 'report', 'en');
  await form(other).locator('[data-call="call-1"] [data-answers="1"]').getByText('Answers: 1').waitFor();
  expect(await other.getByText('关于学校门口护学岗的建议').count()).toBe(0);

  await director.reload();
  await desk.locator('[data-kind="call"]').click();
  await desk.locator('[data-view="all"]').click();
  await desk.locator('.row[data-thing="call-1"] [data-answers="1"]').waitFor();
  await desk.locator('.row[data-thing="call-1"]').click();
  await published.locator(`button[data-link="${id}"]`).press('Enter');
  await desk.locator(`article[data-thing="${id}"]`).getByText('关于学校门口护学岗的建议').first().waitFor();
});
