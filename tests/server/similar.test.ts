import { beforeAll, expect, test } from 'vitest';
import { text } from '../desk/office.ts';
import { twoCounties } from './two-counties.ts';

let demo: Awaited<ReturnType<typeof twoCounties>>['demo'];
let server: Awaited<ReturnType<typeof twoCounties>>['server'];

beforeAll(async () => {
  ({ demo, server } = await twoCounties());
});

async function call(who: string, method: 'GET' | 'POST', path: string, body?: object) {
  const county = who.split('-')[0] ?? '';
  const answer = await server.fetch(
    new Request(`http://minqing.test/counties/${county}${path}`, {
      method,
      headers: { Authorization: `Bearer ${await demo.sign(who)}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );
  return { status: answer.status, body: await answer.json() };
}
const submit = async (who: string): Promise<string> =>
  (await call(who, 'POST', '/reports', { input: text })).body.id;
const input = { title: text.title, situation: text.situation };

test('who may read the reports is told which are alike, who may not only how many', async () => {
  const first = await submit('huantai-author-1');
  const second = await submit('huantai-author-2');
  const told = async (who: string) => (await call(who, 'GET', `/reports/${second}/similar`)).body;
  const checker = await told('huantai-checker');
  expect([checker.rows.map(({ id }: { id: string }) => id), checker.others]).toEqual([[first], 0]);
  expect(await told('huantai-author-2')).toMatchObject({ rows: [], others: 1 });
  const written = await call('huantai-author-3', 'POST', '/similar', { input });
  expect(written).toMatchObject({ status: 200, body: { rows: [], others: 2 } });
});

test('a thing that one may not read is not compared for one, and a list of pieces has nothing alike', async () => {
  const id = await submit('huantai-author-1');
  expect((await call('huantai-author-3', 'GET', `/reports/${id}/similar`)).status).toBe(403);
  expect((await call('huantai-checker', 'GET', '/reports/report-99/similar')).status).toBe(404);
  expect((await call('huantai-checker', 'GET', '/pieces/piece-1/similar')).status).toBe(404);
});

test('a lead’s text is compared too; what is no text is refused, and an unknown county tells nothing', async () => {
  const lead = { kind: 'lead', input };
  expect((await call('huantai-author-4', 'POST', '/similar', lead)).status).toBe(200);
  expect((await call('huantai-author-4', 'POST', '/similar', { input: { title: {} } })).status).toBe(400);
  expect((await call('nobody-author-4', 'POST', '/similar', { input })).status).toBe(404);
});

test('one county’s reports are never suggested in another', async () => {
  await submit('huantai-author-1');
  const { body } = await call('ningshan-checker', 'POST', '/similar', { input });
  expect(body).toMatchObject({ rows: [], others: 0 });
});
