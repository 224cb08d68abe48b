import { strFromU8, unzipSync } from 'fflate';
import type { PageBlock, PageParagraph, PageRun, PaperPage } from '../model/paper.ts';
import { childOf, readXml, type XmlElement } from './xml.ts';

/** Lengths are twentieths of a point in Word; type is in halves of one. */
const points = (twentieths: string | undefined) => Math.round(Number(twentieths ?? 0) / 2) / 10 || 0;
const A4 = { w: '11906', h: '16838' };
const MARGIN = '1440';

type Look = Omit<PageRun, 'text'>;
const plainLook: Look = { size: 10.5, bold: false, colour: null };

/**
 * What a filled Word file puts on paper, for the screen: its paragraphs and tables with their type, as far as its own
 * style says. Pictures, headers and footers are Word's to draw.
 */
export function pageOf(docx: Uint8Array): PaperPage {
  const files = unzipSync(docx, { filter: ({ name }) => /^word\/(document|styles)\.xml$/.test(name) });
  const xmlOf = (name: string) => readXml(strFromU8(files[`word/${name}.xml`] ?? new Uint8Array()));
  const body = childOf(childOf(xmlOf('document'), 'w:document'), 'w:body');
  const styles = stylesOf(xmlOf('styles'));
  const section = childOf(body, 'w:sectPr');
  const size = childOf(section, 'w:pgSz')?.attributes ?? {};
  const margin = childOf(section, 'w:pgMar')?.attributes ?? {};
  return {
    width: points(size['w:w'] ?? A4.w),
    height: points(size['w:h'] ?? A4.h),
    margins: [
      points(margin['w:top'] ?? MARGIN),
      points(margin['w:right'] ?? MARGIN),
      points(margin['w:bottom'] ?? MARGIN),
      points(margin['w:left'] ?? MARGIN),
    ],
    blocks: blocksIn(body, styles),
  };
}

interface Styles {
  look: Look;
  named: ReadonlyMap<string, XmlElement>;
}
function stylesOf(root: XmlElement): Styles {
  const all = childOf(root, 'w:styles');
  const defaults = childOf(childOf(childOf(all, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr');
  const named = new Map(
    (all?.children ?? []).flatMap((one) =>
      one.name === 'w:style' ? [[one.attributes['w:styleId'] ?? '', one] as const] : [],
    ),
  );
  return { look: lookOf(defaults, plainLook), named };
}
/** A style after those that it is based on; one that is based on itself ends. */
function lineage({ named }: Styles, id: string | undefined): XmlElement[] {
  const found: XmlElement[] = [];
  for (let style = named.get(id ?? ''); style && !found.includes(style);) {
    found.unshift(style);
    style = named.get(childOf(style, 'w:basedOn')?.attributes['w:val'] ?? '');
  }
  return found;
}

function lookOf(properties: XmlElement | undefined, before: Look): Look {
  const of = (name: string) => childOf(properties, name)?.attributes['w:val'];
  const bold = childOf(properties, 'w:b');
  const colour = of('w:color');
  const size = of('w:sz');
  return {
    size: size === undefined ? before.size : Number(size) / 2 || before.size,
    bold: bold ? !['0', 'false'].includes(bold.attributes['w:val'] ?? '1') : before.bold,
    colour: colour === undefined ? before.colour : /^[0-9a-f]{6}$/i.test(colour) ? `#${colour}` : null,
  };
}

function blocksIn(parent: XmlElement | undefined, styles: Styles): PageBlock[] {
  return (parent?.children ?? []).flatMap((one): PageBlock[] => {
    if (one.name === 'w:p') return [paragraphOf(one, styles)];
    if (one.name === 'w:tbl') return [tableOf(one, styles)];
    return one.name === 'w:sdt' ? blocksIn(childOf(one, 'w:sdtContent'), styles) : [];
  });
}

function tableOf(table: XmlElement, styles: Styles): PageBlock {
  const rows = table.children.filter(({ name }) => name === 'w:tr');
  return {
    rows: rows.map((row) =>
      row.children
        .filter(({ name }) => name === 'w:tc')
        .map((cell) => ({
          span: Number(childOf(childOf(cell, 'w:tcPr'), 'w:gridSpan')?.attributes['w:val'] ?? 1) || 1,
          paragraphs: cell.children
            .filter(({ name }) => name === 'w:p')
            .map((paragraph) => paragraphOf(paragraph, styles)),
        })),
    ),
  };
}

const aligned: Readonly<Record<string, PageParagraph['align']>> = {
  center: 'center',
  right: 'right',
  end: 'right',
  both: 'justify',
  distribute: 'justify',
};
function paragraphOf(paragraph: XmlElement, styles: Styles): PageParagraph {
  const own = childOf(paragraph, 'w:pPr');
  const above = lineage(styles, childOf(own, 'w:pStyle')?.attributes['w:val'] ?? 'Normal');
  // What stands nearer to the words says more.
  const all = [...above.map((style) => childOf(style, 'w:pPr')), own];
  const last = (name: string) => all.map((one) => childOf(one, name)).findLast((one) => one !== undefined);
  const spacing = last('w:spacing')?.attributes ?? {};
  const indent = last('w:ind')?.attributes ?? {};
  const rule = childOf(last('w:pBdr'), 'w:bottom')?.attributes;
  const look = above.reduce((before, style) => lookOf(childOf(style, 'w:rPr'), before), styles.look);
  const line = Number(spacing['w:line'] ?? 0) || 240;
  return {
    align: aligned[last('w:jc')?.attributes['w:val'] ?? ''] ?? 'left',
    indent: points(indent['w:firstLine']),
    before: points(spacing['w:before']),
    after: points(spacing['w:after']),
    line: (spacing['w:lineRule'] ?? 'auto') === 'auto' ? { times: line / 240 } : { points: line / 20 },
    rule: rule ? `#${/^[0-9a-f]{6}$/i.test(rule['w:color'] ?? '') ? rule['w:color'] : '000000'}` : null,
    runs: runsIn(paragraph, styles, look),
  };
}

function runsIn(parent: XmlElement, styles: Styles, look: Look): PageRun[] {
  return parent.children.flatMap((one): PageRun[] => {
    if (one.name === 'w:hyperlink' || one.name === 'w:ins' || one.name === 'w:sdtContent')
      return runsIn(one, styles, look);
    if (one.name === 'w:sdt') return runsIn(childOf(one, 'w:sdtContent') ?? one, styles, look);
    if (one.name !== 'w:r') return [];
    const properties = childOf(one, 'w:rPr');
    const named = lineage(styles, childOf(properties, 'w:rStyle')?.attributes['w:val']);
    const own = lookOf(
      properties,
      named.reduce((before, style) => lookOf(childOf(style, 'w:rPr'), before), look),
    );
    const text = one.children
      .map(({ name, text: words }) =>
        name === 'w:t' ? words : name === 'w:tab' ? '\t' : name === 'w:br' || name === 'w:cr' ? '\n' : '',
      )
      .join('');
    return text === '' ? [] : [{ ...own, text }];
  });
}
