const start = { extends: 'base', id: 'x', name: 'x' };
const say = (more: object) => JSON.stringify({ ...start, ...more });
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const nested = (depth: number, open: string, middle: string, close: string) =>
  `${open.repeat(depth)}${middle}${close.repeat(depth)}`;
const condition = (depth: number): object =>
  depth === 0 ? { level: 'county' } : { not: condition(depth - 1) };
const rules = (...when: object[]) => ({
  rules: when.map((one, at) => ({ id: `r${at}`, on: 'report', name: 'r', when: one })),
});

/** A flow of so many stages, each of which leads to so many others. */
function flow(stages: number, ways: number): object {
  const verbs = ['pass', 'return', 'reserve', 'archive', 'refuse', 'assign', 'compile', 'decide'];
  return {
    flows: {
      lead: {
        stages: times(stages, (at) => ({
          id: `s${at}`,
          label: `s${at}`,
          actions: Object.fromEntries(
            verbs
              .slice(0, ways)
              .map((verb, way) => [verb, { label: verb, to: `s${(at * 7 + way + 1) % stages}` }]),
          ),
        })),
      },
    },
  };
}

/** What somebody writes who wants the check to fall over or to take for ever, at several sizes. */
export function hostileConfigs(): string[] {
  return [
    ...['', ' ', '\ufeff', 'null', 'true', '0', '""', '[]', '{}', '[{}]', '{"id":', '{"extends":"base"}'],
    ...[
      'base',
      'x',
      '../base',
      '..\\base',
      '/etc/passwd',
      '__proto__',
      'constructor',
      '',
      '.',
      'base.json',
    ].map((name) => say({ extends: name })),
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '',
      ' ',
      '字',
      'a/b',
    ].flatMap((word) => [
      say({ id: word }),
      `{"extends":"base","id":"x","name":"x","${word}":{"a":1}}`,
      say({ posts: [{ id: word, name: 'x' }] }),
      say({ flows: { report: { stages: [{ id: word, label: 'x', actions: { submit: { to: word } } }] } } }),
      say({ access: [{ may: word, posts: [word] }] }),
      say({ forms: { submission: [{ id: word, label: 'x', type: word }] } }),
    ]),
    ...[10, 60, 70, 1000, 20_000].flatMap((depth) => [
      nested(depth, '[', '', ']'),
      nested(depth, '{"a":', '1', '}'),
      `{"extends":"base","id":"x","name":"x","rules":${nested(depth, '[', '', ']')}}`,
      `{"extends":"base","id":"x","name":"x","flows":${nested(depth, '{"report":', '1', '}')}}`,
      '['.repeat(depth),
      '{"a":'.repeat(depth),
    ]),
    ...[10, 300, 2000].flatMap((count) => [
      `{${times(count, () => '"id":"x"').join(',')}}`,
      `{${times(count, (at) => `"k${at}":${at}`).join(',')}}`,
      say({ name: 'x'.repeat(count * 10) }),
      say({ posts: times(count, (at) => ({ id: `p${at}`, name: 'p' })) }),
      say({ posts: times(count, () => ({ id: 'same', name: 'p' })) }),
      say({ organisations: times(count, (at) => ({ id: `o${at}`, name: 'o', kind: 'town' })) }),
      say({ organisations: times(count, (at) => ({ id: `o${at}`, name: 'o', kind: `kind-${at}` })) }),
      say({ access: times(count, () => ({ may: 'import', posts: ['nobody'] })) }),
      say(rules({ any: times(count, () => ({ level: 'county' })) })),
      say(rules({ level: times(count, (at) => `level-${at}`) })),
      say(rules(...times(count, () => ({ level: 'county' })))),
      say({ quotas: times(count, (at) => ({ id: `q${at}`, name: 'q', need: at, counts: 'submitted' })) }),
      say({ directory: { people: times(count, (at) => ({ id: `p${at}`, name: 'p', kind: 'member' })) } }),
    ]),
    ...[11, 12, 13, 100, 500].map((depth) => say(rules(condition(depth)))),
    ...[1, 2, 5, 12].map((depth) =>
      say(
        rules(
          times(depth, (at) => at).reduce<object>(
            (inner, at) => (at % 2 === 0 ? { all: [inner, inner] } : { any: [inner, inner] }),
            { level: 'county' },
          ),
        ),
      ),
    ),
    ...[2, 10, 40, 120].flatMap((stages) => [1, 4, 8].map((ways) => say(flow(stages, ways)))),
    ...[-1, 0, 1e308, 1e-308, 9007199254740993].flatMap((number) => [
      say({ quotas: [{ id: 'q', name: 'q', need: number, counts: 'submitted' }] }),
      say({ method: { people: { lines: [{ id: 'a', name: 'a', on: 'submitted', points: number }] } } }),
      say({ attachments: { megabytes: number } }),
      say({ flows: { report: { stages: [{ id: 'initial-check', due: { workingDays: number } }] } } }),
    ]),
    ...['1e999', '-1e999', '01', '.5', 'NaN', 'Infinity', '1_000', '0x10'].map(
      (number) => `{"extends":"base","id":"x","name":"x","version":${number}}`,
    ),
    ...['Asia/Shanghai', 'Nowhere/At-All', '', '+25:00', 'UTC\u0000'].map((timeZone) => say({ timeZone })),
    ...['2026-02-30', '0000-00-00', '9999-12-31', '2026-01-01/2026-12-31'].map((day) =>
      say({ calendar: { closures: [day] } }),
    ),
  ];
}
