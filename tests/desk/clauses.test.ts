import { expect, test } from 'vitest';
import { checked, officeOf, text } from './office.ts';

test.each(['huantai', 'ningshan'])(
  'in %s each point that an author sees names its clause, and so does each quota',
  async (name) => {
    const { as, begin, desk, actor, now } = officeOf(name);
    const report = await begin('standing', 'report', 'submit', text);
    const passed = await as('checker', 'pass', report, checked);
    expect(passed.points.map(({ clause }) => clause)).toEqual([expect.stringMatching(/^第.+条/)]);
    // What each of them owes, too.
    const owed = await desk.quotas(actor('director'), now(), null);
    expect(owed.length).toBeGreaterThan(0);
    expect(owed.every(({ clause }) => /^第.+条/.test(clause ?? ''))).toBe(true);
  },
);
