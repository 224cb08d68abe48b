import type { Paper } from '../model/paper.ts';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const safe = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign);
const isNumber = (cell: string) => /^-?\d+(\.\d+)?%?$/.test(cell);

const style = `
  body { font-family: "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; max-width: 190mm; margin: 15mm auto; color: #000; }
  h1 { text-align: center; font-size: 20pt; }
  p.subtitle { text-align: center; }
  h2 { font-size: 14pt; margin: 8mm 0 3mm; break-after: avoid; }
  p { line-height: 1.7; text-indent: 2em; margin: 0 0 2mm; white-space: pre-wrap; }
  p.subtitle { text-indent: 0; }
  table { border-collapse: collapse; width: 100%; font-size: 10pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { border: 1px solid #000; padding: 1mm 2mm; text-align: left; }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
`;

/** A page that prints as it stands: its style is its own, and it loads nothing. */
export function htmlOf(paper: Paper, language: 'zh' | 'en'): string {
  const cell = (tag: 'th' | 'td') => (text: string) =>
    `<${tag}${isNumber(text) ? ' class="number"' : ''}>${safe(text)}</${tag}>`;
  const parts = paper.parts.map((part) => {
    const heading = part.heading === '' ? '' : `<h2>${safe(part.heading)}</h2>\n`;
    if ('paragraphs' in part)
      return `${heading}${part.paragraphs.map((text) => `<p>${safe(text)}</p>`).join('\n')}`;
    const head = `<thead><tr>${part.head.map(cell('th')).join('')}</tr></thead>`;
    const rows = part.rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n');
    return `${heading}<table>\n${head}\n<tbody>\n${rows}\n</tbody>\n</table>`;
  });
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<title>${safe(paper.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${safe(paper.title)}</h1>
<p class="subtitle">${safe(paper.subtitle)}</p>
${parts.join('\n')}
</body>
</html>
`;
}
