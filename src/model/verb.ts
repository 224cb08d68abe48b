/**
 * The closed list of what can be done to a thing. A county picks among them, renames them and gives them fields;
 * the code knows what each one does beside moving the thing from stage to stage.
 */
export const verbs = [
  'save', // keep what is written, stay
  'submit', // hand in: the author's act; credits the author
  'withdraw', // the author takes the thing back for good
  'claim', // this one is mine to do
  'release', // give a claimed one back to the queue
  'check', // fill the initial check's own form, stay
  'pass', // on to the next gate
  'oppose', // no, where several decide together
  'abstain', // neither
  'take-back', // one's own last step undone, while nobody has acted since
  'transfer', // the task to somebody else
  'delegate', // somebody else does it for me; what comes of it comes back to me
  'hand-back', // what came of it
  'inquire', // ask a colleague, stay
  'advise', // the colleague's answer
  'copy', // let somebody read it
  'read', // I have read it
  'recuse', // I must not act on this one
  'add-signer', // one more signs here
  'remove-signer', // one fewer
  'jump', // to another stage out of order, with a reason
  'terminate', // ended out of order
  'reopen', // what had ended goes on
  'return', // back for revision, with comments; resumes at the desk that sent it
  'not-use', // end without use, with a coded reason
  'reserve', // keep in reserve
  'retrieve', // take up again from the reserve
  'pass-on', // hand to a town or department: ends here, opens handling
  'ask', // a department's opinion
  'opine', // the department's answer
  'refer', // up to the chairman
  'decide', // the chairman's decision
  'compile', // reports become a piece
  'edit', // tidy the text; the original stays in the log
  'proofread', // the text is right
  'arrange', // put into an issue of the journal with others, in their order; not signed yet
  'issue', // signed, numbered in an issue of the journal
  'dispatch', // sent to one destination
  'record', // a result: adopted, taken up or instructed on
  'assign', // to a lead and co-handlers with a due date; opens handling
  'sign-for', // the handler has it
  'progress', // the handler tells how it stands
  'ask-extension', // the handler asks for more time
  'grant', // what was asked for is granted
  'refuse', // it is not
  'decline', // the handler says whose it is instead: wrongly assigned
  'reassign', // to another lead
  'reply', // the handler's answer
  'confirm', // the answer is good
  'send-back', // the answer is not good enough
  'invite', // an author answers by a link, once and without signing in
  'rate', // satisfaction with the handling
  'mark', // how good a report is, on criteria
  'remind', // a routine chase
  'supervise', // a registered chase, reported to the leaders
  'comment', // say something, stay
  'co-sign', // who was asked to be its author too agrees
  'stay-out', // or does not
  'tie', // to another thing or record by a field of its form, stay
  'archive', // file it
  'purge', // what should never have been entered: its words and files go, the bare fact stays
  'write-up', // a lead becomes a report
  'join', // a lead joins a report that exists
  'merge', // a report joins another of the same matter
  'close', // end with a reason
  'count', // a period's trial count
  'object', // a member or unit objects to a line
  'answer', // an objection is answered
  'approve', // the count is right
] as const;
export type Verb = (typeof verbs)[number];

export function isVerb(word: string): word is Verb {
  return (verbs as readonly string[]).includes(word);
}
