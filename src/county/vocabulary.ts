import type { FactMeaning, Vocabulary } from '../rules/vocabulary.ts';
import type { ThingKind } from '../model/thing.ts';
import type { Field, Flow } from './county.ts';

const typeOfField = {
  text: 'text',
  'long-text': 'text',
  number: 'number',
  date: 'date',
  'yes-no': 'yes-no',
  choice: 'text',
  choices: 'list',
  file: 'text',
  files: 'list',
  people: 'list',
  person: 'text',
  post: 'text',
  stage: 'text',
  thing: 'text',
  field: 'text',
  comment: 'text',
} as const;

function meaningOf(field: Field): FactMeaning {
  return {
    label: field.label,
    type: typeOfField[field.type],
    ...(field.whole ? { whole: true } : {}),
    ...(field.min === null ? {} : { least: field.min }),
    // A long text's are phrases to start from.
    ...(field.options.length > 0 && field.type !== 'long-text'
      ? { options: field.options.map((option) => ({ value: option.id, label: option.label })) }
      : {}),
    nullWhen: { zh: '未填', en: 'not filled in' },
  };
}

const counted = { type: 'number', whole: true, least: 0 } as const;

/** What every thing can be asked, whatever its county's forms. */
export const always: Vocabulary = {
  round: { label: { zh: '退回次数', en: 'times returned' }, ...counted, example: 1 },
  opinions: { label: { zh: '已收到的部门意见', en: 'opinions received' }, ...counted, example: 0 },
  'opinions-left': {
    label: { zh: '尚未答复的部门', en: 'departments that have not answered' },
    ...counted,
    nullWhen: { zh: '没有征求意见', en: 'none was asked' },
    example: 1,
  },
  'destinations-left': {
    label: { zh: '尚未报送的去向', en: 'destinations not sent to yet' },
    ...counted,
    nullWhen: { zh: '签发以前', en: 'before it is issued' },
    example: 2,
  },
  'objections-open': {
    label: { zh: '尚未答复的异议', en: 'objections without an answer' },
    type: 'number',
    example: 1,
  },
  returned: {
    label: { zh: '退回后再来', en: 'came back after a return' },
    type: 'yes-no',
    example: false,
  },
  declined: { label: { zh: '退办次数', en: 'times declined' }, ...counted, example: 1 },
  'extension-open': {
    label: { zh: '延期申请待批', en: 'an extension waits for an answer' },
    type: 'yes-no',
    example: false,
  },
  instructions: { label: { zh: '批示', en: 'instructions' }, ...counted, example: 1 },
  'instruction-levels': {
    label: { zh: '批示层级', en: 'levels of the instructions' },
    type: 'list',
    example: ['city'],
  },
  'take-ups': { label: { zh: '采纳', en: 'take-ups' }, ...counted, example: 0 },
  'author-kinds': { label: { zh: '反映人类别', en: 'kinds of the authors' }, type: 'list' },
  authors: { label: { zh: '反映人数', en: 'number of authors' }, ...counted, example: 1 },
  words: { label: { zh: '字数', en: 'characters written' }, ...counted, example: 860 },
  'days-in-stage': {
    label: { zh: '在本环节天数', en: 'days at its stage' },
    ...counted,
    example: 3,
  },
  similar: {
    label: { zh: '相似信息', en: 'reports that say much the same' },
    ...counted,
    nullWhen: { zh: '没有比对(如换规则重演)', en: 'nothing was compared, as in a what-if' },
    example: 1,
  },
  answers: { label: { zh: '收到的应答', en: 'answers received' }, ...counted, example: 3 },
  listed: { label: { zh: '列入的议题', en: 'things on its list' }, ...counted, example: 4 },
  undecided: {
    label: { zh: '尚未决定的议题', en: 'things on its list without a decision' },
    ...counted,
    example: 1,
  },
  channel: { label: { zh: '来源渠道', en: 'channel' }, type: 'text' },
};

/** The facts that a rule about one kind of thing can read: the fields its forms fill, and what is always known. */
export function vocabularyOf(
  kind: ThingKind,
  flows: ReadonlyMap<ThingKind, Flow>,
  forms: ReadonlyMap<string, Field[]>,
): Vocabulary {
  const vocabulary: Vocabulary = { ...always };
  const levels = recordedLevels(flows, forms);
  if (levels.length > 0 && always['instruction-levels'])
    vocabulary['instruction-levels'] = { ...always['instruction-levels'], options: levels };
  const flow = flows.get(kind);
  if (!flow) return vocabulary;
  const used = new Set([flow.form]);
  // What a meeting decides of it stays with it.
  for (const form of forms.values())
    if (form.some(({ ties }) => ties?.link === 'decides' && ties.kinds.includes(kind)))
      for (const field of form) if (field.type === 'choice') vocabulary[field.id] = meaningOf(field);
  for (const stage of flow.stages.values())
    for (const action of stage.actions.values()) if (action.form) used.add(action.form);
  for (const form of used)
    for (const field of forms.get(form) ?? []) {
      vocabulary[field.id] = meaningOf(field);
      if (field.type === 'choices' || field.type === 'files' || field.type === 'people')
        vocabulary[`${field.id}.count`] = { label: countLabel(field), ...counted, example: 2 };
    }
  return vocabulary;
}

/** The levels at which a result can be recorded; what instructs is one. */
function recordedLevels(flows: ReadonlyMap<ThingKind, Flow>, forms: ReadonlyMap<string, Field[]>) {
  const used = [...flows.values()].flatMap(({ stages }) =>
    [...stages.values()].flatMap(({ actions }) => actions.get('record')?.form ?? []),
  );
  const options = [...new Set(used)].flatMap((form) =>
    (forms.get(form) ?? []).flatMap((field) => (field.id === 'level' ? field.options : [])),
  );
  return [...new Map(options.map(({ id, label }) => [id, { value: id, label }])).values()];
}

function countLabel(field: Field): FactMeaning['label'] {
  const { label } = field;
  return typeof label === 'string'
    ? `${label}数`
    : { zh: `${label.zh}数`, ...(label.en ? { en: `number of ${label.en.toLowerCase()}` } : {}) };
}
