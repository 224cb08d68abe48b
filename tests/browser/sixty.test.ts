import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sixtyStages } from '../sixty.ts';
import { openPortal } from './portal.ts';

let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-'));
  writeFileSync(join(folder, 'sixty.json'), sixtyStages());
  portal = await openPortal(':memory:', [], folder);
});
afterAll(async () => {
  expect(portal.complaints).toEqual([]);
  await portal.close();
});

/** Everything that is drawn, as large as Chromium draws it. */
const drawn = (map: Locator) =>
  map.locator('.flow svg').evaluate((svg) => {
    const rectangle = (element: Element | null) => {
      const { x = 0, y = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
      return { x, y, width, height };
    };
    const words = (group: Element) =>
      [...group.querySelectorAll('text')].map((one) => ({ said: one.textContent, ...rectangle(one) }));
    return {
      stages: [...svg.querySelectorAll('.stage')].map((group) => ({
        id: group.getAttribute('data-stage') ?? '',
        label: group.querySelector('title')?.textContent ?? '',
        ...rectangle(group.querySelector('rect')),
        words: words(group),
      })),
      edges: [...svg.querySelectorAll('.edge')].map((group) => ({
        of: group.getAttribute('data-edge') ?? '',
        label: group.querySelector('title')?.textContent ?? '',
        both: group.querySelector('path')?.hasAttribute('marker-start') ?? false,
        words: words(group),
      })),
      text: svg.getAttribute('aria-label') ?? '',
    };
  });

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
const meet = (a: Rectangle, b: Rectangle, slack = 1) =>
  a.x < b.x + b.width - slack &&
  b.x < a.x + a.width - slack &&
  a.y < b.y + b.height - slack &&
  b.y < a.y + a.height - slack;
const inside = (a: Rectangle, b: Rectangle) =>
  a.x >= b.x - 1 &&
  a.y >= b.y - 1 &&
  a.x + a.width <= b.x + b.width + 1 &&
  a.y + a.height <= b.y + b.height + 1;
const bare = (words: string) => words.replaceAll(/\s/g, '');

describe.each([
  ['zh', 1440],
  ['en', 1440],
  ['zh', 360],
  ['en', 360],
] as const)('sixty stages in %s, %i px wide', (language, width) => {
  let found: Awaited<ReturnType<typeof drawn>>;
  beforeAll(async () => {
    const page = await portal.open('sixty', 'clerk', 'map', language);
    await page.setViewportSize({ width, height: 900 });
    const map = page.locator('mq-workflow-map');
    await map.evaluate((element) => {
      element.setAttribute('current', 'town-facts');
      element.setAttribute('due', '2026-03-12');
      element.setAttribute('visited', 'sort@2026-03-02,town-receive@2026-03-03,town-check@2026-03-05');
    });
    const direction = width < 720 ? 'down' : 'right';
    await map.locator(`svg[data-direction="${direction}"] [data-stage="town-facts"].current`).waitFor();
    found = await drawn(map);
    await page.close();
  });

  test('no two boxes and no two labels of lines overlap, and no label lies on a box', () => {
    expect(found.stages).toHaveLength(60);
    const flaws: string[] = [];
    const labels = found.edges.flatMap(({ of, words }) => words.map((one) => ({ of, ...one })));
    found.stages.forEach((stage, at) => {
      for (const other of found.stages.slice(at + 1))
        if (meet(stage, other)) flaws.push(`${stage.id} on ${other.id}`);
      for (const label of labels)
        if (meet(label, stage)) flaws.push(`${label.of} ${label.said} on ${stage.id}`);
    });
    labels.forEach((label, at) => {
      for (const other of labels.slice(at + 1))
        if (label.of !== other.of && meet(label, other, 3)) flaws.push(`${label.of} on ${other.of}`);
    });
    expect(flaws).toEqual([]);
  });

  test('no label is cut: all its words are there, and inside their box', () => {
    for (const stage of found.stages) {
      expect(bare(stage.words.map(({ said }) => said).join(''))).toContain(bare(stage.label));
      for (const one of stage.words)
        expect([stage.id, one.said, inside(one, stage)]).toEqual([stage.id, one.said, true]);
    }
    for (const { label, words } of found.edges)
      for (const part of label.split(/、|, /))
        expect(bare(words.map(({ said }) => said).join(''))).toContain(bare(part));
  });

  test('every stage, date and arrow of the drawing is in the words, and the other way round', () => {
    const labelOf = new Map(found.stages.map(({ id, label }) => [id, label]));
    const arrows = found.edges.flatMap(({ of, both }) => {
      const [from = '', to = ''] = of.split(' ').map((id) => labelOf.get(id));
      return both ? [`${from} → ${to}`, `${to} → ${from}`] : [`${from} → ${to}`];
    });
    // A line of the words: the stage, its notes in brackets, and where each action leads.
    const heads: string[] = [];
    const told = found.text.split('\n').flatMap((line) => {
      const stage = found.stages
        .filter(({ label }) => line.startsWith(label))
        .sort((a, b) => b.label.length - a.label.length)[0];
      heads.push(stage?.label ?? line);
      const targets = [...line.matchAll(/ → ([^;;(]+?)(?: \(|\(|;|;|\.$|。$|$)/g)].map(([, to]) => to);
      const notes = stage?.words.map(({ said }) => said ?? '').join('') ?? '';
      const dates = line.match(/\d{4}-\d\d-\d\d/g) ?? [];
      expect(notes.match(/\d{4}-\d\d-\d\d/g) ?? []).toEqual(dates);
      return targets.map((to) => `${stage?.label ?? ''} → ${to ?? ''}`);
    });
    expect(heads.sort()).toEqual([...labelOf.values()].sort());
    expect(told.sort()).toEqual(arrows.sort());
    expect(found.text.match(/\d{4}-\d\d-\d\d/g)).toHaveLength(4);
  });
});
