import type { FactMeaning, Vocabulary } from '../rules/vocabulary.ts';
import type { Text } from '../model/text.ts';
import type { RawFacts, RawMethod } from './method.ts';

/** The facts every method can read of a moment and its record, whatever the county declares besides. */
export const momentFacts: Vocabulary = {
  is: { label: { zh: '发生的事', en: 'what happened' }, type: 'text', example: 'adopted' },
  on: { label: { zh: '发生日期', en: 'date it happened' }, type: 'date', example: '2018-02-02' },
  kind: { label: { zh: '记录类别', en: 'kind of record' }, type: 'text', example: 'report' },
  level: { label: { zh: '层级', en: 'level' }, type: 'text', example: 'city' },
  outlet: { label: { zh: '载体', en: 'outlet' }, type: 'text', example: '今日要情' },
  form: { label: { zh: '采用形式', en: 'form of use' }, type: 'text', example: 'stand-alone' },
  body: { label: { zh: '批示机关', en: 'body' }, type: 'text', example: 'party' },
  leader: { label: { zh: '领导', en: 'leader' }, type: 'text', example: 'main' },
  category: { label: { zh: '类别', en: 'category' }, type: 'text', example: 'livelihood' },
  channel: { label: { zh: '来源渠道', en: 'channel' }, type: 'text', example: 'wechat' },
  points: { label: { zh: '录入分值', en: 'points entered by hand' }, type: 'number', example: '20' },
  due: { label: { zh: '办复期限', en: 'by when a reply was due' }, type: 'date', example: '2018-03-30' },
  late: { label: { zh: '逾期办复', en: 'replied late' }, type: 'yes-no', example: false },
  obligation: { label: { zh: '义务', en: 'obligation' }, type: 'text', example: 'after-activity' },
  part: {
    label: { zh: '作者次序', en: 'part' },
    type: 'text',
    options: [
      { value: 'sole', label: { zh: '独立', en: 'sole' } },
      { value: 'first', label: { zh: '第一', en: 'first' } },
      { value: 'other', label: { zh: '其他', en: 'other' } },
    ],
    example: 'first',
  },
  'authors.count': { label: { zh: '联名人数', en: 'number of authors' }, type: 'number', example: 3 },
  'earner.kind': {
    label: { zh: '得分人(单位)类别', en: 'kind of who earns' },
    type: 'text',
    example: 'member',
  },
  'earner.group': { label: { zh: '得分人(单位)分组', en: 'group of who earns' }, type: 'text' },
  'earner.organisation': { label: { zh: '得分人所在组织', en: 'organisation of who earns' }, type: 'text' },
  'earner.linked': {
    label: {
      zh: '所联系的对象(with)当日在其联系名册内',
      en: 'whether with is one whom who earns keeps contact with',
    },
    type: 'yes-no',
    example: true,
  },
  'earner.posts': { label: { zh: '得分人当日职务', en: 'posts that day of who earns' }, type: 'list' },
};

/** What sections, `for` lines and grades can read of a subject, beside its figures. */
export const subjectFacts: Vocabulary = {
  id: { label: { zh: '标识', en: 'id' }, type: 'text', example: 't-3' },
  kind: { label: { zh: '类别', en: 'kind' }, type: 'text', example: 'member' },
  group: { label: { zh: '分组', en: 'group' }, type: 'text' },
  organisation: { label: { zh: '所在组织', en: 'organisation' }, type: 'text' },
  posts: { label: { zh: '期末职务', en: 'posts held at the window’s end' }, type: 'list' },
  headcount: {
    label: { zh: '期末人数', en: 'people of the unit at the window’s end' },
    type: 'number',
    example: 12,
  },
  'window.from': { label: { zh: '期间起', en: 'window from' }, type: 'date', example: '2016-01-01' },
  'window.to': { label: { zh: '期间止', en: 'window to' }, type: 'date', example: '2016-09-30' },
};

/** What an outcome reads besides: the standing that has just been reckoned. */
export const standingFacts: Vocabulary = {
  total: { label: { zh: '总分', en: 'total' }, type: 'number', example: '59.5' },
  rank: { label: { zh: '名次', en: 'rank' }, type: 'number', example: 3 },
  grade: { label: { zh: '等次', en: 'grade' }, type: 'text', example: 'competent' },
};

/** The standing, its grade one of those that the method has. */
export function standingIn(grades: readonly { id: string; name: Text }[]): Vocabulary {
  const options = grades.map(({ id, name }) => ({ value: id, label: name }));
  const { grade } = standingFacts;
  return grade ? { ...standingFacts, grade: { ...grade, options } } : standingFacts;
}

/** A fact of which it is known what it can be. */
export function oneOf(meaning: FactMeaning | undefined, values: Iterable<string> | null): Vocabulary[string] {
  const known = meaning ?? { label: '', type: 'text' };
  return values === null
    ? known
    : { ...known, options: [...values].map((value) => ({ value, label: value })) };
}

/** A method's own facts with those of its kinds of record. */
export function factsDeclared(method: Pick<RawMethod, 'facts' | 'records'>): Vocabulary {
  const declared: Vocabulary = {};
  const add = (facts: RawFacts | undefined) => {
    for (const [name, fact] of Object.entries(facts ?? {})) declared[name] = meaningOf(fact);
  };
  add(method.facts);
  for (const kind of Object.values(method.records ?? {})) add(kind.facts);
  return declared;
}

function meaningOf({ type, label, options }: RawFacts[string]): FactMeaning {
  return {
    type,
    label,
    ...(options ? { options: Object.entries(options).map(([value, name]) => ({ value, label: name })) } : {}),
  };
}

/** The moments of a report that the program itself makes, and what each is called. */
export const reportMoments = {
  submitted: { zh: '提交', en: 'submitted' },
  checked: { zh: '通过初核', en: 'past the initial check' },
  forwarded: { zh: '通过审签', en: 'signed off' },
  compiled: { zh: '编报', en: 'compiled' },
  issued: { zh: '签发', en: 'issued' },
  sent: { zh: '报送', en: 'sent' },
  adopted: { zh: '采用', en: 'adopted' },
  'taken-up': { zh: '采纳', en: 'taken up' },
  instructed: { zh: '批示', en: 'instructed on' },
  opinion: { zh: '部门意见', en: 'opinion received' },
  assigned: { zh: '交办', en: 'assigned' },
  'passed-on': { zh: '转办', en: 'passed on' },
  supervised: { zh: '督办', en: 'supervised' },
  progress: { zh: '报告进展', en: 'progress reported' },
  replied: { zh: '办复', en: 'replied' },
  rated: { zh: '满意度', en: 'satisfaction rated' },
  scored: { zh: '评分', en: 'marked on criteria' },
  excellent: { zh: '评为优秀', en: 'rated excellent' },
} as const;

const anyRecord = [
  'assigned',
  'passed-on',
  'supervised',
  'progress',
  'replied',
  'rated',
  'instructed',
  'scored',
  'excellent',
];

/** Every moment a line may wait for, by kind of record. */
export function momentsDeclared(method: Pick<RawMethod, 'records'>): Map<string, Set<string>> {
  const moments = new Map<string, Set<string>>([
    ['report', new Set(Object.keys(reportMoments))],
    ['lead', new Set(['submitted', 'written-up'])],
    // Made of the county's obligations, for what is owed after something.
    ['obligation', new Set(['owed', 'met', 'late', 'missed'])],
  ]);
  for (const [kind, { moments: own }] of Object.entries(method.records ?? {})) {
    // Handling hangs on any record, and so do instructions and marks.
    const known = moments.get(kind) ?? new Set(anyRecord);
    for (const name of Object.keys(own ?? {})) known.add(name);
    moments.set(kind, known);
  }
  return moments;
}
