import { happened, listed, type Act, type Effect } from './effect.ts';
import { wrong } from './error.ts';
import { keep } from './keep.ts';
import { TOGETHER } from './number.ts';

export async function issue(act: Act): Promise<Effect> {
  const { fields, on } = act;
  const year = on.slice(0, 4);
  if (act.thing.kind === 'period') {
    // The bulletin's number; never of the journal's series.
    const number = await act.nextNumber(`bulletin/${year}`);
    const documents = await act.print({ number, on });
    return { change: { fields: { number, year, documents }, said: { number } } };
  }
  const series = `issue/${String(fields['journal'])}/${year}`;
  const given = fields['number'];
  if (typeof given === 'number') await act.reachNumber(series, given);
  const number = typeof given === 'number' ? given : await act.nextNumber(series);
  const destinations = Object.fromEntries(listed(fields['destinations']).map((place) => [place, null]));
  return {
    change: {
      ...keep({ ...act, fields: { ...fields, number, year, [TOGETHER]: [...act.together] } }),
      destinations,
      moments: [{ is: 'issued', on, journal: fields['journal'] ?? null, number, year }],
    },
  };
}

export function dispatch(act: Act): Effect {
  const place = String(act.fields['destination']);
  if (act.thing.destinations[place] !== null)
    throw wrong({
      field: 'destination',
      saying: {
        zh: '签发时未选此去向,或已报送过。请选择尚未报送的去向。',
        en: 'It was not chosen when the piece was issued, or was sent already. Choose one that still waits.',
      },
    });
  happened(act, 'sent-on');
  const on = typeof act.fields['sent-on'] === 'string' ? act.fields['sent-on'] : act.on;
  return {
    change: {
      said: act.fields,
      destinations: { [place]: on },
      moments: [{ is: 'sent', on, to: place }],
    },
  };
}
