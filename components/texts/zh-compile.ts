/** What is said where pieces are written, issues put together and papers looked at before they are printed. */
export const zhCompile = {
  sources: '来源信息',
  addToText: '加到正文',
  addToTextOf: '把“{title}”的“{label}”加到正文',
  theIssue: '本期',
  orderHint: '拖动排序;也可在序号上按上下键,或用箭头按钮。',
  nowPlace: '“{title}”现为第 {n} 件,共 {of} 件。',
  leftIssue: '“{title}”已移出本期。',
  piecesBeside: '可加入本期的编发件({n} 件)',
  moveUp: '上移“{title}”',
  moveDown: '下移“{title}”',
  placeOf: '第 {n} 件:{title}',
  leaveIssue: '把“{title}”移出本期',
  preview: '预览',
  previewOf: '{title}(预览)',
  print: '打印',
  close: '关闭',
};
