import { print } from '../documents/print.ts';
import type { Paper, PrintedFile } from '../model/paper.ts';
import { say, type Language } from '../model/text.ts';
import { isConfidential, type Actor, type Moment, type Thing } from '../model/thing.ts';
import type { DeskContext } from './context.ts';
import { DeskError } from './error.ts';
import { recordsBetween } from './records.ts';
import { fieldRows, titleOf } from './view.ts';

const words = {
  zh: { title: '优秀信息汇编', by: '反映人', unit: '报送单位', honours: '评为优秀', issue: '编发' },
  en: {
    title: 'Excellent reports',
    by: 'By',
    unit: 'Sent in by',
    honours: 'Rated excellent',
    issue: 'Issued',
  },
};

/** The reports of a period that something made excellent, each whole, as one Word file to be printed for all members. */
export async function anthologyOf(
  context: DeskContext,
  period: string,
  actor: Actor,
  language: Language,
): Promise<PrintedFile> {
  const { county, countyOf, scoring, store } = context;
  const t = words[language];
  const parts: Paper['parts'] = [];
  // Only what something happened to in the period can have been made excellent in it.
  const { from, to } = scoring.daysOf(period);
  const table = scoring.table(await recordsBetween(context, from, to), period, 'people');
  const honours = [...(table.honours ?? [])].sort((a, b) => a.on.localeCompare(b.on));
  for (const id of new Set(honours.map(({ record }) => record))) {
    const thing = (await store.read({ county: county.id, kind: 'report', id: id.split('+')[0] ?? id }))
      ?.thing;
    // It is printed for everybody.
    if (!thing || isConfidential(thing)) continue;
    const issues = (await linkedTo(context, thing)).flatMap(({ moments }) =>
      moments.filter(({ is }) => is === 'issued'),
    );
    const reader = { ...context.reader(actor, language), county: countyOf(thing) };
    const line = (label: string, said: string) => `${label}${language === 'en' ? ': ' : ':'}${said}`;
    parts.push({
      heading: titleOf(thing),
      paragraphs: [
        line(
          t.by,
          thing.authors.map(({ person }) => reader.nameOf(person)).join(language === 'en' ? ', ' : '、'),
        ),
        ...(thing.unit === null ? [] : [line(t.unit, reader.nameOf(thing.unit))]),
        ...issues.map((moment) => line(t.issue, issueText(moment))),
        ...honours.flatMap(({ record, name, on }) =>
          record === id ? [line(t.honours, `${say(name, language)} ${on}`)] : [],
        ),
        ...fieldRows(reader, thing)
          .filter(({ name }) => mainForm(context, thing).has(name) && name !== 'urgency')
          .flatMap(({ label, value }) => [`【${label}】`, ...value.split('\n')]),
      ],
    });
  }
  if (parts.length === 0)
    throw new DeskError('not-found', {
      zh: `${period} 没有评为优秀的信息。评优登记为编发件的成果后再汇编。`,
      en: `No report was rated excellent in ${period}. Record the rating as a result of its piece first.`,
    });
  const paper: Paper = {
    title: `${say(county.name, language)}${language === 'en' ? ' ' : ''}${t.title}`,
    subtitle: period,
    parts,
  };
  return print(paper, 'docx', `${paper.title} ${period.replaceAll('/', '_')}`, language);
}

function mainForm({ countyOf }: DeskContext, thing: Thing): Set<string> {
  const { flows, forms } = countyOf(thing);
  return new Set((forms.get(flows.get(thing.kind)?.form ?? '') ?? []).map(({ id }) => id));
}

const issueText = (moment: Moment) =>
  `${String(moment['year'] ?? '')} 第 ${String(moment['number'] ?? '')} 期 ${moment.on}`;

async function linkedTo({ county, store }: DeskContext, report: Thing): Promise<Thing[]> {
  const refs = report.links
    .filter(({ role }) => role === 'piece')
    .map(({ kind, id }) => ({ county: county.id, kind, id }));
  return (await store.readMany(refs)).map(({ thing }) => thing);
}
