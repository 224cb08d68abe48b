import { states, type State } from './states.ts';

/** What a story may do to its element before it is looked at. */
export interface Stage {
  /** Waits for a part of the element and gives it. */
  find: (selector: string) => Promise<HTMLElement>;
  press: (selector: string) => Promise<void>;
  write: (selector: string, words: string) => Promise<void>;
  /** Asks the server as the story's person. */
  ask: (path: string) => Promise<Record<string, unknown>>;
  element: HTMLElement;
}
export interface Story {
  /** The element's tag without its prefix, and after a dot what is done with it. */
  id: string;
  /** One of the demo's people of its county; null for whoever has not signed in. */
  as: string | null;
  /** Huantai without it. */
  county?: string;
  attributes?: Record<string, string>;
  /** In which states it is worth a look. */
  states: readonly State[];
  /** What is done first; only as far as the state lets it. */
  act?: (stage: Stage) => Promise<void>;
}

/** The quarter that ended last, in the demo's year with one before it. */
function lastQuarter(now: Date): string {
  const quarter = Math.floor(now.getMonth() / 3);
  return quarter === 0 ? `${now.getFullYear() - 1}-Q4` : `${now.getFullYear()}-Q${quarter}`;
}
const shown = ['filled', 'long'] as const;
const asked = states.filter((state) => state !== 'empty');
/** The server lays a map out by the words it has. */
const drawn = asked.filter((state) => state !== 'long');
const openFirst = (list: string) => async (stage: Stage) => {
  await stage.press(`${list} [data-thing]`);
  await stage.find('article[data-thing]');
};
const openAction = async (stage: Stage) => {
  await openFirst('.list')(stage);
  await stage.press('button[data-action="return"]');
  await stage.find('.action-form');
};
/** The first thing of a kind that the person may read. */
const firstOf = (path: string) => async (stage: Stage) => {
  const { rows } = await stage.ask(`/${path}?view=all&limit=1`);
  const [first]: unknown[] = Array.isArray(rows) ? rows : [];
  if (typeof first === 'object' && first !== null && 'id' in first)
    stage.element.setAttribute('thing', String(first.id));
};

/** Every element in what people meet of it: shown in the gallery, looked at in the pictures, held by the tests. */
export const stories: readonly Story[] = [
  { id: 'report-form', as: 'author-1', states: asked },
  { id: 'report-form.lead', as: 'author-1', attributes: { kind: 'lead' }, states: shown },
  {
    id: 'report-form.wrong',
    as: 'author-1',
    states: shown,
    async act(stage) {
      await stage.press('form button.primary');
      await stage.find('.summary');
    },
  },
  {
    id: 'report-form.check',
    as: 'author-2',
    states: shown,
    async act(stage) {
      for (const [field, words] of Object.entries({
        title: '关于城区小学门口放学拥堵的建议',
        situation: '城区三所小学放学时段校门口拥堵,接送车辆占用非机动车道,学生绕行。\n持续约四十分钟。',
        analysis: '停车位不足,放学时间集中,缺少志愿者疏导。',
        suggestion: '错峰放学,设接送专区,组织家长护学岗。',
      }))
        await stage.write(`[data-field="${field}"]`, words);
      await stage.press('form button.primary');
      await stage.find('dl');
    },
  },
  { id: 'report-form.for-others', as: 'office-director', states: shown },
  { id: 'my-reports', as: 'author-1', states },
  { id: 'my-reports.open', as: 'author-1', states: shown, act: openFirst('.rows') },
  { id: 'review-desk', as: 'office-director', states },
  { id: 'review-desk.open', as: 'office-director', states: shown, act: openFirst('.list') },
  {
    id: 'review-desk.register',
    as: 'office-director',
    states: shown,
    async act(stage) {
      await stage.press('details.register summary');
      await stage.find('details.register input');
    },
  },
  { id: 'review-desk.acting', as: 'checker', states: shown, act: openAction },
  {
    id: 'review-desk.wrong',
    as: 'checker',
    states: shown,
    async act(stage) {
      await openAction(stage);
      await stage.press('.action-form button.primary');
      await stage.find('.summary');
    },
  },
  {
    id: 'review-desk.compiling',
    as: 'compiler',
    states: shown,
    async act(stage) {
      await stage.press('.list [data-stage="to-compile"]');
      await stage.press('button[data-action="compile"]');
      await stage.press('.along input');
      await stage.find('.sources details:nth-of-type(2)');
    },
  },
  {
    id: 'review-desk.arranging',
    as: 'compiler',
    states: shown,
    async act(stage) {
      await stage.press('[data-kind="piece"]');
      await stage.press('[data-view="all"]');
      await stage.press('.list [data-stage="issuing"]');
      await stage.press('button[data-action="arrange"]');
      await stage.press('.issue [data-preview]:not([disabled])');
      await stage.find('.paper');
    },
  },
  { id: 'report-timeline', as: 'office-director', states: asked, act: firstOf('reports') },
  {
    id: 'report-timeline.public',
    as: null,
    county: 'zhenyuan',
    attributes: { kind: 'handling', thing: 'handling-1' },
    states,
  },
  { id: 'handling-board', as: 'education-bureau', states },
  {
    id: 'handling-board.table',
    as: 'education-bureau',
    states: shown,
    act: (stage) => stage.press('[data-choice="table"]'),
  },
  { id: 'handling-board.open', as: 'education-bureau', states: shown, act: openFirst('.columns') },
  { id: 'satisfaction-form', as: 'author-1', states: asked, act: firstOf('handling') },
  { id: 'scoreboard', as: 'secretary-general', states },
  {
    id: 'scoreboard.lines',
    as: 'secretary-general',
    states: shown,
    async act(stage) {
      await stage.press('tr[data-subject] button');
      await stage.find('tr.lines');
    },
  },
  {
    id: 'scoreboard.quarter',
    as: 'office-director',
    attributes: { period: lastQuarter(new Date()) },
    states: shown,
    act: async (stage) => void (await stage.find('[data-moved]')),
  },
  {
    id: 'scoreboard.quotas',
    as: 'office-director',
    states: shown,
    act: (stage) => stage.press('[data-panel="quotas"]'),
  },
  {
    id: 'scoreboard.month',
    as: 'office-director',
    states: shown,
    act: (stage) => stage.press('[data-panel="month"]'),
  },
  { id: 'workflow-map', as: 'checker', attributes: { kind: 'report' }, states: drawn },
  { id: 'import-page', as: 'office-director', states: ['filled', 'long'] },
  { id: 'audit-page', as: 'secretary-general', states },
  { id: 'config-studio', as: 'admin', states: asked },
  {
    id: 'config-studio.templates',
    as: 'admin',
    states: shown,
    act: (stage) => stage.press('[data-templates] summary'),
  },
  {
    id: 'config-studio.text',
    as: 'admin',
    states: ['filled'],
    async act(stage) {
      await stage.press('[aria-pressed="false"]');
    },
  },
];
