import type { Vocabulary } from '../rules/vocabulary.ts';

/** The facts every method can read of a moment and its record, whatever the county declares besides. */
export const momentFacts: Vocabulary = {
  level: { label: { zh: '层级', en: 'level' }, type: 'text', example: 'city' },
  outlet: { label: { zh: '载体', en: 'outlet' }, type: 'text' },
  form: { label: { zh: '采用形式', en: 'form of use' }, type: 'text', example: 'stand-alone' },
  body: { label: { zh: '批示机关', en: 'body' }, type: 'text', example: 'party' },
  leader: { label: { zh: '领导', en: 'leader' }, type: 'text', example: 'main' },
  part: { label: { zh: '作者次序', en: 'part' }, type: 'text', example: 'first' },
  kind: { label: { zh: '记录类别', en: 'kind of record' }, type: 'text', example: 'report' },
  category: { label: { zh: '类别', en: 'category' }, type: 'text' },
  channel: { label: { zh: '来源渠道', en: 'channel' }, type: 'text' },
  points: { label: { zh: '录入分值', en: 'points entered by hand' }, type: 'number', example: '20' },
};

/** What sections, `for` lines and grades can read of a subject, beside its figures. */
export const subjectFacts: Vocabulary = {
  id: { label: { zh: '标识', en: 'id' }, type: 'text', example: 't-3' },
  kind: { label: { zh: '类别', en: 'kind' }, type: 'text', example: 'member' },
  group: { label: { zh: '分组', en: 'group' }, type: 'text' },
  organisation: { label: { zh: '所在组织', en: 'organisation' }, type: 'text' },
  posts: { label: { zh: '期末职务', en: 'posts held at the window’s end' }, type: 'list' },
  'window.from': { label: { zh: '期间起', en: 'window from' }, type: 'date', example: '2016-01-01' },
  'window.to': { label: { zh: '期间止', en: 'window to' }, type: 'date', example: '2016-09-30' },
};
