# The life of an assessment: states, events, and what can't be done
life-state = { $state ->
    [open] not started
    [in_progress] under review
    [reviewed] waiting for a signature
    [returned] returned
    [signed_off] waiting to be published
    [published] published
    [acknowledged] acknowledged
    [appealed] appealed
    [answered] appeal answered
    [expired] expired
   *[withdrawn] withdrawn
}
life-event = { $event ->
    [begin] begun
    [complete] completed
    [return] returned
    [sign_off] signed
    [publish] published
    [acknowledge] acknowledged
    [appeal] appealed
    [answer] answered
    [reopen] reviewed again
    [expire] expired
    [settle] settled
    [rescore] scored again
    [correct] corrected
   *[withdraw] withdrawn
}
life-part = { $part ->
    [lead] lead
    [self] self-assessment
   *[member] member
}
error-life = This assessment is now “{ life-state }” and can't be { life-event }.
error-life-not-owed = This assessment is now “{ life-state }”: no review is owed, so this can't be changed any more.
error-forbidden = You may not do this. If you need to, please ask an administrator.
error-review-not-here = This review is not part of the assessment.
error-review-not-in = This review has not been submitted; there is nothing to give back.
error-rescoring = A new list of scores has just changed this assessment; it is being scored again. Please look again in a minute.
error-unsettled = { $count } things have to be settled first; then it can be signed.
error-nothing-to-settle = Nothing in this assessment has to be settled.
error-settle-subject = No score of “{ $given }” has to be settled; those that have: { $subjects }.
error-settle-score = Nobody gave that score; given were: { $scores }.
error-settle-source = None of the scores to be settled comes from there.
error-settle-pair = There is no pair { $given } of similar cases; there are { $count }.
error-grade-none-here = This standard has no grades; sign without one.
error-grade-unknown = There is no grade “{ $given }”; use: { $grades }.
error-grade-reason = This differs from what was computed: please say why in words, in at most { $maximum } characters.
error-return-reason = Please say in words why it is returned, in at most { $maximum } characters.
error-appeal-text = Please say in words what you object to, in at most { $maximum } characters.
error-appeal-proofs = An appeal has room for { $maximum } files.
error-appeal-kind = This can't be kept as proof. Please send text, a photo, a file or a voice message.
error-appeal-once = A result that was appealed, or that an appeal led to, can’t be appealed again.
error-appeal-late = It is too late to appeal: that is possible for { $days } days after the result reached you, counted from a day after publication at the latest.
error-appeal-unknown = This appeal was not found.
error-answer-text = Please answer in words, in at most { $maximum } characters.
error-result-replaced = A newer result has replaced this one. Send /result to see it.
error-applied-future = The application date { $date } hasn’t come yet; choose today or an earlier day.
error-applied-far = “{ $date }” can’t be an application date: it must be { $first } or later.
error-exception-reason = Say in words why an exception is made, in no more than { $maximum } characters.
error-ineligible = { $count ->
    [1] { $name } doesn’t fulfil what is asked of applicants. An exception needs a reason.
   *[other] { $count } people don’t fulfil what is asked of applicants, { $name } among them. An exception needs a reason; or leave them out.
}
error-adopt-past = { $date } has passed; a version is adopted from today or a later day.
error-adopt-same = Version { $version } is in force from { $date } anyway; there is nothing to adopt.
error-due-past = { $date } has passed; choose today or a later day.
error-withdraw-published = A result of this assessment was published; it can't be withdrawn.
error-reassign-not-owed = { $name } owes no review in this assessment.
error-reassign-here-already = { $name } rates in this assessment already; choose somebody else.
error-lead = The lead { $staff_no } is not among the assessors; choose one of them.
error-own-waived = An assessment about yourself needs a signature: don't waive it, or let another administrator open the assessment.
error-own-score = This is a score of your own; let another administrator import it.
error-batch-empty = Nobody in { $department } can be assessed: the name must be as on the list, and neither the assessors themselves nor people with an unfinished assessment count.
error-last-admin = At least one active administrator must remain. Make somebody else an administrator first.
error-roles-none = Please leave at least one role.
error-erase-owing = { $name } still owes { $count } reviews about others. Reassign them first, then erase.
result-assessor = Assessor { $number }
settings-whole = { $name } must be a whole number from { $lowest } to { $highest }, not “{ $given }”.
settings-yes-or-no = { $name } must be yes or no, not “{ $given }”.
settings-month-and-day = { $name } must be a month and a day that every year has, such as 12-01, not “{ $given }”.
settings-workdays = { $name } must be china or weekends, not “{ $given }”.
