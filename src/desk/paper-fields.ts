import type { County } from '../county/county.ts';
import type { PaperField, PaperId } from '../model/paper.ts';
import type { Text } from '../model/text.ts';
import type { ThingKind } from '../model/thing.ts';
import { fieldsOfKind } from './view.ts';

const field = (name: string, zh: string, en: string): PaperField => ({ name, label: { zh, en } });
const everywhere = [field('county', '本机关', 'The county'), field('today', '今天', 'Today')];
const ofThing = [
  field('id', '编号', 'Number'),
  field('title', '标题', 'Title'),
  field('stage', '现处环节', 'Stage'),
  field('authors', '反映人', 'Authors'),
  field('unit', '报送单位', 'Sending unit'),
  field('channel', '来源渠道', 'Channel'),
  field('due', '办理期限', 'Due'),
];
const steps: PaperField = {
  ...field('steps', '办理经过', 'What was done'),
  list: [
    field('on', '日期', 'Day'),
    field('act', '动作', 'Act'),
    field('by', '办理人', 'By whom'),
    field('said', '意见', 'What was said'),
  ],
};
const results: PaperField = {
  ...field('results', '成果', 'Results'),
  list: [
    field('on', '日期', 'Day'),
    field('result', '成果', 'Result'),
    field('level', '层级', 'Level'),
    field('outlet', '采用载体', 'Outlet'),
    field('form', '采用形式', 'Form of use'),
  ],
};
const text = [field('id', '编号', 'Number'), field('title', '标题', 'Title')];
const whose = [field('authors', '反映人', 'Authors'), field('unit', '报送单位', 'Sending unit')];
const ofIssue: PaperField[] = [
  field('year', '年', 'Year'),
  field('issued', '签发日期', 'Issued on'),
  {
    ...field('pieces', '本期各件', 'The pieces of the issue'),
    list: [...text, field('text', '正文', 'Text'), ...whose],
  },
  { ...field('sources', '来源信息', 'The reports it is made of'), list: [...text, ...whose] },
];

const ofPerson: PaperField[] = [
  field('person', '姓名', 'Name'),
  field('kind', '身份', 'Kind'),
  field('organisation', '所属组织', 'Organisation'),
  field('period', '期间', 'Period'),
  field('points', '得分', 'Points'),
  field('rank', '名次', 'Rank'),
  field('grade', '等次', 'Grade'),
  field('sent', '报送条数', 'Reports sent'),
  field('adopted', '采用条数', 'Reports adopted'),
  {
    ...field('quotas', '任务', 'Quotas'),
    list: [
      field('task', '任务', 'Task'),
      field('need', '应报', 'Needed'),
      field('done', '已报', 'Done'),
      field('short', '尚差', 'Short'),
    ],
  },
  {
    ...field('reports', '报送的信息', 'Reports'),
    list: [...text, field('stage', '现处环节', 'Stage'), field('results', '成果', 'Results')],
  },
  {
    ...field('lines', '计分明细', 'Lines'),
    list: [
      field('line', '计分项', 'Line'),
      field('clause', '依据', 'Clause'),
      field('record', '编号', 'Record'),
      field('on', '日期', 'Day'),
      field('points', '得分', 'Points'),
    ],
  },
];

/** Whose thing a paper is printed of; null where it is a person's. */
export const kindsOfPaper: Readonly<Record<PaperId, readonly ThingKind[]>> = {
  issue: ['piece'],
  'sign-off': ['report', 'piece'],
  transfer: ['handling'],
  supervision: ['handling'],
  notice: ['report'],
  yearly: [],
  employer: [],
};

/** Every field that a paper's template can name in this county: those of every county, and those of its own forms. */
export function fieldsOfPaper(county: County, paper: PaperId): PaperField[] {
  const kinds = kindsOfPaper[paper];
  if (kinds.length === 0) return [...everywhere, ...ofPerson];
  const common = [...everywhere, ...ofThing, ...(paper === 'issue' ? ofIssue : []), steps, results];
  const named = new Set(common.map(({ name }) => name));
  const own = new Map<string, Text>();
  for (const kind of kinds)
    for (const { id, label, type } of fieldsOfKind(county, kind).values())
      if (!named.has(id) && type !== 'file' && type !== 'files') own.set(id, label);
  return [...common, ...[...own].map(([name, label]) => ({ name, label }))];
}
