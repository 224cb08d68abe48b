/** What a timeline says to whoever is not of the county's directory. */
export const zhPublic = {
  publicStage: '现处环节',
  publicBy: '承办单位',
  publicDue: '办理期限',
  publicRated: '满意度',
  publicNothing: '暂无已公布的进展。有新进展时会在这里显示。',
  publicNot: '这件事项没有公开,或编号有误。如果是您反映的,请登录后查看。',
};
