import type { Paper, PaperPage } from '../model/paper.ts';
import type { RegisterView } from '../model/register.ts';
import { pathOf, type ThingKind, type ThingRef } from '../model/thing.ts';
import type { QueueView } from '../model/view.ts';

type Named = Pick<ThingRef, 'kind' | 'id'>;

/** What a client fetches to be printed or taken away: apart, as whoever only sends a report takes nothing. */
export function filesOf({ ask }: { ask: (path: string) => Promise<Response> }) {
  const blob = async (path: string, query: Record<string, string> = {}): Promise<Blob> =>
    (await ask(`${path}?${new URLSearchParams(query)}`)).blob();
  const page = async (path: string, query: Record<string, string>): Promise<PaperPage> =>
    (await ask(`${path}?${new URLSearchParams({ ...query, as: 'page' })}`)).json();
  const ofThing = ({ kind, id }: Named, paper: string) =>
    `/${pathOf(kind)}/${encodeURIComponent(id)}/papers/${paper}`;
  const ofPerson = (person: string, paper: string) => `/people/${encodeURIComponent(person)}/papers/${paper}`;

  return {
    /** A paper of a thing, one of its `papers`, as a Word file. */
    paper: (thing: Named, paper: string) => blob(ofThing(thing, paper)),
    /** The same as it will print; an issue that is being put together by its `pieces` and what it is called. */
    paperPage: (thing: Named, paper: string, issue: Record<string, string> = {}) =>
      page(ofThing(thing, paper), issue),
    personPaper: (person: string, paper: string, period: string) => blob(ofPerson(person, paper), { period }),
    personPage: (person: string, paper: string, period: string) => page(ofPerson(person, paper), { period }),
    /** The excellent reports of a period as one Word file. */
    anthology: (period: string) => blob('/anthology', { period }),
    /** A list whole, for work with data: `scores.xlsx` of a period, `reports.csv` … */
    exported: (file: string, query: Record<string, string>) => blob(`/export/${file}`, query),
    /** What an office had to do in a month; how much everybody had without one. */
    month: async (month: string, of = ''): Promise<Paper> =>
      (await ask(`/months/${encodeURIComponent(month)}?${new URLSearchParams({ of })}`)).json(),
    monthFile: (month: string, of: string, as: 'docx' | 'xlsx') =>
      blob(`/months/${encodeURIComponent(month)}`, { of, as }),
    /** The columns that a kind's register can have for one, and those that it has by default. */
    registerView: async (kind: ThingKind): Promise<RegisterView> =>
      (await ask(`/${pathOf(kind)}/register`)).json(),
    register: (
      kind: ThingKind,
      {
        view,
        stage = '',
        search = '',
        columns,
      }: { view: QueueView; stage?: string; search?: string; columns: readonly string[] },
    ) => blob(`/${pathOf(kind)}/register.xlsx`, { view, stage, search, columns: columns.join(',') }),
  };
}
