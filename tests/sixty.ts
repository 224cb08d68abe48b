type Text = { zh: string; en: string };

const steps: [string, Text][] = [
  ['receive', { zh: '收件登记', en: 'Registering' }],
  ['check', { zh: '初步核对', en: 'First check' }],
  ['similar', { zh: '比对重复信息', en: 'Looking for similar reports' }],
  ['facts', { zh: '核实情况', en: 'Establishing the facts' }],
  ['opinion', { zh: '征求承办部门意见', en: 'The department’s opinion' }],
  ['review', { zh: '专委会复审', en: 'Review by the committee' }],
  ['office', { zh: '办公室会商', en: 'Discussed in the office' }],
  ['decide', { zh: '分管领导审定', en: 'Decision of the leader in charge' }],
];
const lanes: [string, Text][] = [
  ['livelihood', { zh: '民生', en: 'Livelihood' }],
  ['economy', { zh: '经济', en: 'Economy' }],
  ['town', { zh: '城建', en: 'Town' }],
  ['farming', { zh: '农业', en: 'Farming' }],
  ['culture', { zh: '文教', en: 'Culture' }],
  ['law', { zh: '法治', en: 'Law' }],
];
const ends: [string, Text][] = [
  ['used', { zh: '已编报', en: 'Compiled' }],
  ['not-used', { zh: '不予采用', en: 'Not used' }],
  ['reserved', { zh: '留存备用', en: 'In reserve' }],
  ['passed-on', { zh: '转办', en: 'Passed on' }],
  ['withdrawn', { zh: '已撤销', en: 'Withdrawn' }],
  ['archived', { zh: '归档', en: 'Archived' }],
];

/** A county that nobody would write: reports go by lanes of eight stages, back in them and across, and end in six ways. */
export function sixtyStages(): string {
  const act = (zh: string, en: string, to: string, tone = 'plain') => ({ label: { zh, en }, to, tone });
  const end = (zh: string, en: string, to: string) => ({ ...act(zh, en, to) });
  const inLanes = lanes.flatMap(([lane, name], at) =>
    steps.map(([step, label], index) => {
      const next = steps[index + 1];
      const nextLane = lanes[at + 1]?.[0];
      return {
        id: `${lane}-${step}`,
        label: { zh: `${name.zh}:${label.zh}`, en: `${name.en}: ${label.en}` },
        kind: 'review',
        by: ['clerk'],
        due: { workingDays: 2 + (index % 4) },
        ...(step === 'office' ? { together: { need: 'all', of: ['clerk', 'head', 'leader'] } } : {}),
        actions: {
          pass: act('通过', 'Pass', next ? `${lane}-${next[0]}` : 'finish', 'primary'),
          ...(step === 'office' ? { oppose: act('不同意', 'Oppose', `${lane}-review`) } : {}),
          ...(step === 'facts' ? { return: act('退回核对', 'Back to the check', `${lane}-check`) } : {}),
          ...(step === 'check' && nextLane
            ? { refer: act('转下一组', 'To the next group', `${nextLane}-receive`) }
            : {}),
          ...(step === 'review' && at % 2 === 0
            ? { 'not-use': end('不予采用', 'Do not use', 'not-used') }
            : {}),
        },
      };
    }),
  );
  const sort = {
    id: 'sort',
    label: { zh: '分类', en: 'Sorting' },
    kind: 'review',
    by: ['clerk'],
    due: { days: 1 },
    actions: {
      pass: act('按民生类办理', 'As livelihood', 'livelihood-receive', 'primary'),
      refer: act('按经济类办理', 'As economy', 'economy-receive'),
      ask: act('按城建类办理', 'As a town matter', 'town-receive'),
      decide: act('按农业类办理', 'As farming', 'farming-receive'),
      assign: act('按文教类办理', 'As culture', 'culture-receive'),
      reassign: act('按法治类办理', 'As law', 'law-receive'),
      withdraw: act('撤销', 'Withdraw', 'withdrawn'),
    },
  };
  const draft = {
    id: 'draft',
    label: { zh: '草稿', en: 'Draft' },
    kind: 'draft',
    by: ['author'],
    actions: { submit: act('提交', 'Hand in', 'sort', 'primary') },
  };
  const last = [
    ['finish', '统稿', 'Putting together', 'proof'],
    ['proof', '校对', 'Proofreading', 'sign'],
    ['sign', '签发', 'Signing', 'used'],
    ['print', '印发', 'Printing', 'archived'],
  ].map(([id = '', zh = '', en = '', to = '']) => ({
    id,
    label: { zh, en },
    kind: id === 'finish' ? 'compile' : 'review',
    by: ['head'],
    due: { workingDays: 1 },
    actions: {
      pass: act('通过', 'Pass', to, 'primary'),
      ...(id === 'proof' ? { return: act('退回统稿', 'Back to be put together', 'finish') } : {}),
      ...(id === 'sign'
        ? {
            reserve: act('留存备用', 'Keep in reserve', 'reserved'),
            refer: act('付印', 'To be printed', 'print'),
          }
        : {}),
      ...(id === 'finish' ? { 'pass-on': act('转办', 'Pass on', 'passed-on') } : {}),
    },
  }));
  return JSON.stringify({
    id: 'sixty',
    name: { zh: '六十环节县', en: 'Sixty stages' },
    posts: [
      ...['clerk', 'head', 'leader'].map((id) => ({ id, name: id, scope: 'county' })),
      { id: 'author', name: 'author', scope: 'own', everyone: true, enteredBy: ['clerk'] },
    ],
    forms: { report: [{ id: 'title', label: { zh: '标题', en: 'Title' }, type: 'text' }] },
    access: [
      { may: 'create', on: 'report', posts: ['author'] },
      { may: 'read', on: 'report', posts: ['clerk', 'head', 'leader'] },
      { may: 'see-config', posts: ['clerk'] },
    ],
    flows: {
      report: {
        form: 'report',
        start: 'draft',
        stages: [
          draft,
          sort,
          ...inLanes,
          ...last,
          ...ends.map(([id, label]) => ({ id, label, kind: 'end' })),
        ],
      },
    },
  });
}
