import type { CountyConfig } from '../county/config.generated.ts';
import type { Saying } from '../model/error.ts';
import { kindsOf } from '../county/read.ts';
import type { ThingKind } from '../model/thing.ts';
import { knownIn, type Report } from './known.ts';
import type { Path } from './source.ts';

type RawStage = NonNullable<NonNullable<CountyConfig['flows']>['report']>['stages'][number];

/** A stage may pass by itself only where it is one person's, asks for nothing, and is no gate that the config declares. */
export function checkSameActor(config: CountyConfig, report: Report): void {
  for (const kind of kindsOf(config))
    config.flows?.[kind]?.stages.forEach((stage, index) => {
      if (stage.sameActor === undefined) return;
      const at: Path = ['flows', kind, 'stages', index, 'sameActor'];
      knownIn(report)(
        at,
        stage.sameActor,
        Object.keys(stage.actions ?? {}),
        'unknown-action',
        '动作',
        'action',
      );
      const why = whyNot(config, kind, stage, stage.sameActor);
      if (why)
        report(at, 'not-automatic', {
          zh: `环节“${stage.id}”不能自动通过:${why.zh}。请去掉 sameActor,或改正所说的一处。`,
          en: `The stage "${stage.id}" cannot pass by itself: ${why.en}. Remove "sameActor", or change what is said.`,
        });
    });
}

function whyNot(config: CountyConfig, kind: ThingKind, stage: RawStage, verb: string): Saying | null {
  if (stage.together) return { zh: '这里由几个人一起定', en: 'several decide together here' };
  const form = config.forms?.[stage.actions?.[verb]?.form ?? ''] ?? [];
  const asked = form.find(({ required }) => required);
  if (asked) return { zh: `要填“${asked.id}”`, en: `"${asked.id}" has to be filled in` };
  const points = [
    ...(config.never ?? []).map(({ id, on, without }) => ({ id, on, point: without })),
    ...(config.always ?? []).map(({ id, on, comes }) => ({ id, on, point: comes })),
  ];
  const gate = points.find(
    ({ on, point }) => on === kind && (point.stage === stage.id || point.action === verb),
  );
  return gate
    ? {
        zh: `声明“${gate.id}”要求有人在这里决定`,
        en: `the declaration "${gate.id}" asks for somebody's decision here`,
      }
    : null;
}
