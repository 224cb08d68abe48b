/** The columns that the register of any kind can have, beside the fields of its forms. */
export const registerColumns = {
  row: { zh: '序号', en: 'No.' },
  id: { zh: '编号', en: 'Number' },
  title: { zh: '标题', en: 'Title' },
  authors: { zh: '反映人', en: 'Authors' },
  unit: { zh: '报送单位', en: 'Sending unit' },
  channel: { zh: '来源渠道', en: 'Channel' },
  submitted: { zh: '提交日期', en: 'Submitted on' },
  stage: { zh: '现处环节', en: 'Stage' },
  since: { zh: '到达日期', en: 'Since' },
  due: { zh: '办理期限', en: 'Due' },
  handlers: { zh: '承办单位', en: 'Handled by' },
  results: { zh: '结果', en: 'Results' },
} as const;
export type RegisterColumn = keyof typeof registerColumns;

export function isRegisterColumn(word: string): word is RegisterColumn {
  return Object.hasOwn(registerColumns, word);
}

/** The register of a kind: what it can show its reader, and what it shows without being asked. */
export interface RegisterView {
  columns: { value: string; label: string }[];
  shown: string[];
}
