/** What is said where something alike was found. */
export const zhSimilar = {
  similarHint: '已有内容相近的信息,供您参考,不影响提交。',
  similar: '内容相近的信息',
  similarOthers: '另有 {n} 条内容相近,不在您的查看范围内。',
  similarShared: '共有的语句:{n} 处',
  similarHere: '本条',
  similarThere: '该条',
  alike: '相似度 {n}%',
  chooseFor: '{action}:选这条',
};
