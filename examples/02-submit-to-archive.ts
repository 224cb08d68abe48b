// A report from its form to the archive, over the memory store: every step is one call of desk.act.
import { readFileSync } from 'node:fs';
import {
  checkConfig,
  createDesk,
  memoryStore,
  methodScoring,
  type Actor,
  type ThingView,
  type Verb,
} from 'minqing';

const text = (name: string) => readFileSync(new URL(`../configs/${name}.json`, import.meta.url), 'utf8');
const { county, config, mistakes } = checkConfig('huantai.json', text('huantai'), text);
if (!county || !config) throw new Error(mistakes.map((mistake) => mistake.saying.en).join('\n'));

const directory = {
  organisations: [...county.organisations.keys()].map((id) => ({ id, name: id })),
  people: [{ id: 'wang', name: '王建国', kind: 'member' }],
};
let salts = 0;
const desk = createDesk({
  county,
  directory,
  store: memoryStore(),
  scoring: methodScoring(config, directory),
  newSalt: () => `salt-${(salts += 1)}`,
});

const person = (id: string, post?: string): Actor => ({
  id,
  county: county.id,
  name: id,
  kind: null,
  posts: post ? [{ post, organisation: null }] : [],
});
const wang = person('wang');
const checker = person('checker', 'checker');
const director = person('director', 'office-director');
const secretary = person('secretary', 'secretary-general');
const compiler = person('compiler', 'compiler');

let hour = 0;
async function act(
  actor: Actor,
  action: Verb,
  on: ThingView | null,
  input: Record<string, string | boolean> = {},
) {
  const view = await desk.act({
    thing: { county: 'huantai', kind: 'report', id: on?.id ?? null },
    action,
    input,
    expected: on?.version ?? null,
    takes: [],
    onBehalf: null,
    actor,
    now: `2026-03-02T0${(hour += 1)}:00:00.000Z`,
    language: 'en',
    key: null,
  });
  console.log(`${actor.id} ${action} → ${view.stage.label}`);
  return view;
}

let report = await act(wang, 'submit', null, {
  title: '关于校门口交通安全的建议',
  situation: '放学时段校门口拥堵。',
  analysis: '停车位不足。',
  suggestion: '错峰放学。',
});
report = await act(checker, 'pass', report, {
  'content-sound': true,
  category: 'education-health',
  level: 'county',
});
report = await act(director, 'pass', report);
report = await act(secretary, 'pass', report);
report = await act(compiler, 'compile', report, { title: '校门口交通', text: '正文' });
report = await act(compiler, 'archive', report);
for (const line of report.points) console.log(`${line.subject} ${line.line} ${line.points}`);
