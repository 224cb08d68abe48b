// A plugin for rollup: what html`…`, svg`…` and css`…` hold is sent without the room that people read them by. What stood
// on several lines still has a space there, so that words do not run together.
import ts from 'typescript';

/** The css between two expressions, without comments and without room around its signs. */
const leanCss = (text) =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
const leanMarkup = (text) => text.replaceAll(/\s*\n\s*/g, '\n');
const lean = { html: leanMarkup, svg: leanMarkup, css: leanCss };

/** A source with its templates made lean. */
export function leanTemplates(code, name = 'source.ts') {
  const cuts = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text in lean) {
      const { template } = node;
      const texts = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template]
        : [template.head, ...template.templateSpans.map((span) => span.literal)];
      for (const text of texts) {
        // Between ` or } before and ` or ${ after.
        const from = text.getStart() + 1;
        const to =
          text.end -
          (text.kind === ts.SyntaxKind.TemplateHead || text.kind === ts.SyntaxKind.TemplateMiddle ? 2 : 1);
        cuts.push([from, to, lean[node.tag.text](code.slice(from, to))]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true));
  return cuts
    .sort(([a], [b]) => b - a)
    .reduce((text, [from, to, put]) => text.slice(0, from) + put + text.slice(to), code);
}

export const leanTemplatesPlugin = () => ({
  name: 'lean-templates',
  transform: (code, id) =>
    id.includes('/components/') && id.endsWith('.ts') ? { code: leanTemplates(code, id), map: null } : null,
});
