import type { CountyConfig } from '../county/config.generated.ts';
import { kindsOf } from '../county/read.ts';
import { momentsDeclared } from '../assessment/facts.ts';
import { RECORD, thingKinds } from '../model/thing.ts';
import { knownIn, type Report } from './known.ts';
import type { Path } from './source.ts';

/** The county's own matters, the fields that tie one thing to another, and what is owed after something. */
export function checkMatters(config: CountyConfig, report: Report): void {
  const known = knownIn(report);
  const kinds = kindsOf(config);
  const records = momentsDeclared(config.method ?? {});
  const kind = (path: Path, word: string | undefined, among: Iterable<string> = kinds, onKey = false) => {
    if (word !== undefined) known(path, word, among, 'unknown-kind', '事项种类', 'kind of thing', onKey);
  };
  for (const name of Object.keys(config.flows ?? {})) kind(['flows', name], name, kinds, true);
  for (const list of ['rules', 'access', 'never', 'always'] as const)
    config[list]?.forEach((item, index) => kind([list, index, 'on'], item.on));

  config.matters?.forEach(({ id, record, on }, index) => {
    const here: Path = ['matters', index];
    if ([...thingKinds, RECORD].includes(id))
      report([...here, 'id'], 'duplicate-id', {
        zh: `“${id}”是各县都有的种类,不能再用作事项的标识。请换一个。`,
        en: `"${id}" is a kind that every county has; a matter takes another id.`,
      });
    const flow = config.flows?.[id];
    if (!flow)
      report(here, 'no-flow', {
        zh: `事项“${id}”没有流程,什么也办不了。请在 flows 中写“${id}”,或删去这一项。`,
        en: `The matter "${id}" has no flow and nothing can be done with it. Give flows a "${id}", or remove it.`,
      });
    if (record !== undefined)
      known([...here, 'record'], record, records.keys(), 'unknown-kind', '记录种类', 'kind of record');
    const form = flow ? (config.forms?.[flow.form] ?? []) : [];
    const dates = form.flatMap((field) => (field.type === 'date' ? [field.id] : []));
    if (on !== undefined) known([...here, 'on'], on, dates, 'unknown-field', '日期字段', 'date field');
  });

  for (const [name, form] of Object.entries(config.forms ?? {}))
    form.forEach((field, index) => {
      const here: Path = ['forms', name, index];
      const { link, kinds: named = [], stages = [] } = field;
      if (field.type !== 'thing') {
        for (const key of ['link', 'kinds', 'stages', 'untilDue'] as const)
          if (field[key] !== undefined)
            report([...here, key], 'unread-key', {
              zh: `只有 type 为 thing 的字段才读“${key}”。请改 type,或删去它。`,
              en: `"${key}" is read of a field of the type thing alone. Change the type, or remove it.`,
            });
        return;
      }
      if (link === undefined || named.length === 0)
        report(here, 'missing-key', {
          zh: `字段“${field.id}”指向另一事项,须写 link(什么关系)和 kinds(哪些种类)。`,
          en: `The field "${field.id}" names another thing: give "link" (how they are tied) and "kinds" (which kinds).`,
        });
      named.forEach((one, at) => kind([...here, 'kinds', at], one, [...kinds, ...records.keys()]));
      const stagesOf = named.flatMap((one) => config.flows?.[one]?.stages.map(({ id }) => id) ?? []);
      const flowing = named.every((one) => config.flows?.[one]);
      (flowing ? stages : []).forEach((stage, at) =>
        known([...here, 'stages', at], stage, stagesOf, 'unknown-stage', '环节', 'stage'),
      );
    });

  config.obligations?.forEach(({ after, owes }, index) => {
    const here: Path = ['obligations', index];
    const counted = [...records.keys()];
    known([...here, 'after', 'kind'], after.kind, counted, 'unknown-kind', '记录种类', 'kind of record');
    const moments = records.get(after.kind);
    if (moments)
      known([...here, 'after', 'moment'], after.moment, moments, 'unknown-moment', '时刻', 'moment');
    if (owes !== undefined)
      known([...here, 'owes'], owes, counted, 'unknown-kind', '记录种类', 'kind of record');
  });
}
