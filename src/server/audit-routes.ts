import type { Hono } from 'hono';
import { may } from '../desk/permission.ts';
import type { SensitiveAct } from '../model/audit.ts';
import type { Asked, Asking } from './asking.ts';
import { nothing } from './asking.ts';
import { readBody } from './body.ts';
import { auditRows, mustBeSecond, signatureOf, type Duties } from './duties.ts';
import { ServerError } from './error.ts';
import { actorIn } from './host.ts';
import { eraseIn, type Told } from './person-routes.ts';
import { routes } from './routes.ts';

/** What was done alone, what two answered for, and what waits for the second. */
export function auditRoutes(app: Hono, { asked }: Asking, duties: Duties, told: Told): void {
  app.get(routes.audit.path, async (c) => {
    const at = await asked(c, routes.audit);
    const { host, actor } = at;
    const by = at.above ?? host;
    const all = may(by.county, actor, 'see-audit', null);
    if (!all && !may(by.county, actor, 'agree', null)) throw forbidden();
    const names = new Map(host.directory.people.map(({ id, name }) => [id, name]));
    const rows = await auditRows(host, (id) => names.get(id) ?? id);
    return c.json(all ? rows : rows.filter(({ standing }) => standing === 'waiting'));
  });

  app.post(routes.auditStep.path, async (c) => {
    const at = await asked(c, routes.auditStep);
    const { store, county } = at.host;
    const number = Number(c.req.param('number'));
    const act = (await store.sensitiveActs(county.id)).find((one) => one.number === number);
    if (!act) throw nothing();
    if (act.second !== null)
      throw new ServerError('conflict', {
        zh: `第 ${number} 件已经处理过。请刷新列表。`,
        en: `Number ${number} is settled already. Reload the list.`,
      });
    readBody(await c.req.text());
    mustBeSecond(duties, at, act.by);
    const agreed = c.req.param('step') === 'agree';
    if (agreed) await perform(act, at, told);
    const second = {
      by: signatureOf(at),
      at: at.now,
      is: agreed ? ('agreed' as const) : ('refused' as const),
    };
    await store.saveSensitiveAct({ ...act, request: null, second });
    await told.follow?.();
    return c.json({ number, standing: second.is });
  });
}

/** Done in the name of whoever asked for it, if they may still do it. */
async function perform({ by, is, request }: SensitiveAct, at: Asked, told: Told): Promise<void> {
  const { host, now, language } = at;
  const actor = actorIn(host, by, now);
  if (!actor) throw forbidden();
  const second = signatureOf(at);
  const asked = Object(request);
  if (is === 'directory') {
    await host.desk.enterDirectory(asked.text, actor, now, { file: asked.file, second });
    return;
  }
  if (is === 'erase') {
    await eraseIn(host, String(asked.person), { by, at: now, second }, told);
    return;
  }
  const thing = asked.thing;
  const { version } = await host.desk.view(thing, actor, now, language);
  const takes = { takes: [], onBehalf: null, key: null };
  const input = asked.input ?? {};
  await host.desk.act({
    thing,
    action: 'purge',
    input,
    expected: version,
    actor,
    now,
    language,
    second,
    ...takes,
  });
}

function forbidden(): ServerError {
  return new ServerError('forbidden', {
    zh: '您的职务无权查看或批准。如有需要,请联系县政协办公室。',
    en: 'Your post may neither see nor agree to this. If it should, ask the county’s office.',
  });
}
