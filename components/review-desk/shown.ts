import type { ThingKind } from '../../src/model/thing.ts';
import { queueViews, type QueueView } from '../../src/model/view.ts';

/** Which list is shown, and what of it. */
export interface Shown {
  kind: ThingKind;
  view: QueueView;
  stage: string;
  search: string;
}
type Opened = { kind: ThingKind; id: string } | null;
const whole: Shown = { kind: 'report', view: 'todo', stage: '', search: '' };
const parts = ['kind', 'view', 'stage', 'search'] as const;

/**
 * Keeps what is shown in the page's address, under a name of the element's own, so that two on a page, and the page
 * itself, keep theirs. What is opened is a step that the browser goes back from; another list is none.
 */
export class Address {
  private last: string | null = null;

  read(name: string): { shown: Shown; opened: Opened } {
    const asked = new URLSearchParams(location.search);
    const of = (part: string) => asked.get(`${name}.${part}`) ?? '';
    const [, kind, id] = /^([^/]+)\/(.+)$/.exec(of('open')) ?? [];
    this.last = of('open');
    return {
      shown: {
        kind: of('kind') || whole.kind,
        view: queueViews.find((one) => one === of('view')) ?? whole.view,
        stage: of('stage'),
        search: of('search'),
      },
      opened: kind && id ? { kind, id } : null,
    };
  }
  write(name: string, shown: Shown, opened: Opened): void {
    const address = new URL(location.href);
    const set = (part: string, value: string) =>
      value === ''
        ? address.searchParams.delete(`${name}.${part}`)
        : address.searchParams.set(`${name}.${part}`, value);
    for (const part of parts) set(part, shown[part] === whole[part] ? '' : shown[part]);
    const open = opened ? `${opened.kind}/${opened.id}` : '';
    set('open', open);
    if (address.href === location.href) return;
    if (open === this.last) history.replaceState(history.state, '', address);
    else history.pushState(history.state, '', address);
    this.last = open;
  }
}
