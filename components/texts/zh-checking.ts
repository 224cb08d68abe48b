/** What is said where a report is looked over before it is sent. */
export const zhChecking = {
  checkAnswers: '提交前请核对',
  changeIt: '修改',
  changeNamed: '修改“{label}”',
  changeAnswers: '返回修改',
  confirmSend: '确认{action}',
  notFilled: '(未填)',
};
