# The administrator's menu
admin-back = ‹ Back
admin-menu = Administration
admin-menu-hint = Type a name, staff number, department, standard or state to find it; send me a list of people or scores (CSV or XLSX) to import it.
admin-menu-people = 👥 People
admin-menu-assess = 📋 Assessments
admin-menu-progress = ⏳ Progress
admin-menu-sign = ✍️ Sign & publish
admin-menu-appeals = ⚖️ Appeals
admin-menu-ranking = 🏅 Ranking
admin-menu-team = 🗺 Team pictures
admin-menu-export = 📤 Export
admin-menu-audit = 🧾 Audit log

# Assessments: the list, and opening them
admin-assess = 📋 Assessments under way ({ $count })
admin-assess-none = No assessment is under way.
admin-assess-row = { $name } · { $level } · { life-state } { $in }/{ $all } · { $due }
admin-assess-new = ➕ Open assessments
admin-form = ➕ Open assessments
admin-form-standard = Standard
admin-form-level = Level
admin-form-whom = Employees
admin-form-assessors = Assessors
admin-form-due = Due date
admin-form-applied = Application date
admin-form-exception = Reason for the exception
admin-form-self = Self-assessment
admin-form-sign = Signature
admin-form-line = { $field }: { $value }
admin-form-blank = not filled in
admin-form-person = { $name } ({ $staff })
admin-form-department = { $department } ({ $count })
admin-form-assessor = { $name }{ $times ->
    [one] {""}
   *[other] {" "}×{ $times }
}{ $lead ->
    [yes] {" "}(lead)
   *[no] {""}
}
admin-form-self-yes = asked for
admin-form-self-no = none
admin-form-sign-yes = needed before publishing
admin-form-sign-no = waived; published once all reviews are in
admin-form-today = today ({ $date })
admin-form-missing = Still missing: { $fields }
admin-form-none-left = Nobody in { $department } can be assessed. Choose another department or other assessors.
admin-form-unfinished = ⚠️ The assessment of { $names } by this standard isn't finished; this would be a second one.
admin-form-rating = Left out (assessors themselves): { $names }
admin-form-lacking = ⚠️ Don’t fulfil what is asked of applicants: { $count }
admin-form-lacking-more = … and { $count } more
admin-form-ineligible = Leave them out ({ $count })
admin-form-ineligible-out = Left out (don’t fulfil what is asked of applicants): { $names }
admin-form-open = ✅ Open { $count }
admin-form-second = Open a second one all the same
admin-form-see = See the unfinished one
admin-form-discard = 🗑 Discard
admin-form-ask-standard = By which standard?
admin-form-ask-level = For which level?
admin-form-ask-whom = Who is assessed?
admin-form-one = 🔎 Find a person
admin-form-all = 🏢 A whole department
admin-form-ask-person = Send a name or staff number, or part of one.
admin-form-which-person = { $count } people match. Which one?
admin-form-first-people = Only the first { $count } are listed. Not among them? Send more of the name.
admin-form-ask-department = Which department?
admin-form-group = { $group } ({ $count })
admin-form-members = Leave out
admin-form-ask-members = For whom of the department? Press to take the ☑ away and leave them out.
admin-form-no-departments = The list of people has no departments yet.
admin-form-ask-assessors = Who rates?
    Press again for more weight (up to ×3); once more leaves them out.
admin-form-no-assessors = Nobody else has the assessor role. Add it under “People” first.
admin-form-lead = Lead: { $name }
admin-form-ask-due = Due when?
admin-form-weeks = { $weeks } wk · { $date }
admin-form-other-date = ⌨️ Another date
admin-form-ask-applied = What is the application date? Cases, scores, the ranking and what is asked of applicants count from it.
    If it isn’t today, send the date, for example { $example }.
admin-form-ask-exception = Why may they apply all the same? Send a sentence: it stays with the assessment and is exported.
admin-form-ask-date = Send the date, for example { $example }.
admin-form-opened = ✅ Opened: { $count }. The assessors are being told.
admin-form-left-out = Left out (not finished with this standard yet): { $names }

# One assessment
admin-case-exception = ⚠️ Opened as an exception: { $reason }
admin-case-dates = Applied { $applied } · due { $due }
admin-case-state = State: { life-state }
admin-case-reviews = Reviews
admin-case-part-lead = { $name } (lead{ $times ->
    [one] {""}
   *[other] {" "}×{ $times }
})
admin-case-part-member = { $name }{ $times ->
    [one] {""}
   *[other] {" "}(×{ $times })
}
admin-case-part-self = { $name } (self-assessment)
admin-case-submitted = ✅ in
admin-case-subject-left = ⏸ The employee is deactivated: nobody is reminded until you go on or withdraw.
admin-case-keep-on = ▶️ Go on
admin-case-left = ⚠️ deactivated, stopped at { $percent }%
admin-case-hand-on = 🔁 Hand on the review of { $name }
admin-case-percent = { $percent }%
admin-case-given-back = ↩️ Returned: { $reason }
admin-case-result = Result
admin-case-result-before = The result before it was returned
admin-case-keys-met = 🔑 All key conditions are met
admin-case-apart = ⚠️ The assessors' ratings differ widely:
admin-case-more = … and { $count } more.
admin-case-apart-row = { $element }: { $ratings }
admin-case-rating = { $name } { $rating }
admin-case-own-points = Self-assessment: { $points } points over all elements
admin-case-own-scale = Self-assessment: { $met }/{ $all } meet the standard
admin-case-proofs = 📎 Files of the appeal ({ $count })
admin-case-proof = ⚖️ Appeal of { $name }, file { $number }/{ $count }
admin-case-appeal = ⚖️ Appeal of { $date }: { $text }
admin-case-answer = Answer: { $text }
admin-case-own = This is your own assessment; other administrators look after it.
admin-case-chart = 📊 Chart
admin-case-apart-open = 🔎 Where they differ ({ $count })
admin-case-settle = ⚖️ To settle before signing ({ $count })
admin-case-settled = ⚖️ Settled; can be changed until it is signed
admin-case-settle-open = ⚖️ { $what }
admin-case-settle-again = ✓ { $what }
settle-line = { $what }: { $said }
settle-open-score = to be settled, { $score } counts until then
settle-open-cases = to be settled, one counts until then
settle-by = All { $count } scores as { $source } has them
settle-lists = the list
settle-stands = { $score } stands
settle-is-same = the same case
settle-is-distinct = different cases
settle-same = The same
settle-distinct = Different
settle-claim = { $score } ({ $sources })
settle-list = list of { $date }
settle-case = “{ $title }” { $date }
settle-untitled = untitled
settle-twins = { $first } and { $second }
settle-listed = { $case } ({ $by })
settle-ask-score = Which score stands? The others' ratings will be worked out by it too.
settle-ask-cases = Are they one case? One case counts once.
apart-suggested = {" "}(suggested { $suggestion })
apart-reason = : { $reason }
admin-case-evidence = 📎 Notes and files ({ $count })
admin-evidence-kind =
    { $kind ->
        [photo] 🖼 Photo
        [document] 📄 File
        [voice] 🎤 Voice message
        [audio] 🎵 Audio
        [video] 🎬 Video
        [video_note] 🎬 Video message
        [forward] ↪️ Forwarded
       *[other] 📝 Note
    }
admin-evidence-words = { $kind }: { $text }
admin-evidence-review = The review as a whole
admin-case-extend = 📅 Extend
admin-case-reassign = 🔁 Reassign
admin-case-withdraw = 🗑 Withdraw
admin-case-remind = 🔔 Remind now
admin-case-sign = ✍️ Sign
admin-case-return = ↩️ Return
admin-case-publish = 📣 Publish
admin-case-reply = 💬 Answer
admin-case-reopen = 🔄 Review again
admin-case-longer = +{ $weeks } wk · { $date }
admin-case-ask-extend = Due on { $due } now. Until when instead?
admin-case-ask-reassign = Whose review goes to somebody else? Their answers are kept, but the new assessor starts from the beginning.
admin-case-ask-newcomer = Who takes over from { $name }?
admin-case-no-newcomer = There is no other assessor. Add the role under “People” first.
admin-case-ask-publish = Send the result to { $name }? That can't be undone. The employee and the assessors are told (after their quiet hours).
admin-case-publish-unheard = ⚠️ { $name } hasn't joined and won't get the result; the days to appeal begin a day after publication all the same. You can invite them first.
admin-case-publish-yes = 📣 Publish
admin-case-ask-withdraw = Really withdraw this assessment of { $name }? That can't be undone, and its reviews no longer count.
admin-case-withdraw-yes = 🗑 Withdraw this assessment
admin-case-ask-sign = The employee can't see a signed result until it is published.
admin-case-sign-as = ✍️ Sign: { $grade }
admin-case-sign-result = ✍️ Sign this result
admin-case-other-grade = Another grade
admin-case-ask-grade = Which grade?
admin-case-ask-grade-reason = Computed: { $computed }; yours: { $given }. Please say why in a sentence.
admin-case-ask-return = Return it to whom?
admin-case-return-all = All assessors
admin-case-ask-return-reason = Please write why you return it. The assessors will read it.
admin-case-ask-answer = Please write your answer. The employee will read it; the result stands.
admin-case-ask-reopen-reason = Please write why it is to be reviewed again. The employee and the assessors will read it.
admin-reminded = 🔔 Reminded: { $count }. Those in quiet hours get it afterwards.
admin-reminded-nobody = Nobody to remind: everything is in, or they haven't joined yet.

# Signing and publishing
admin-sign-none = Nothing is waiting to be signed or published.
admin-sign-to-sign = ✍️ To be signed ({ $count })
admin-sign-signed = 📣 Signed, to be published ({ $count })
admin-sign-row = { $name } · { $standard } · { $level }
admin-sign-publish = 📣 Publish all signed ({ $count })
admin-sign-ask-publish = Publish all signed results ({ $count })? The employees are told; that can't be undone.
admin-sign-publish-unheard = ⚠️ Not joined, so they won't get theirs: { $names }{ $more ->
    [yes] {" "}and others
   *[no] {""}
}. The days to appeal begin a day after publication all the same; you can invite them first.
admin-sign-publish-yes = 📣 Publish { $count }
admin-sign-published = 📣 Published: { $count }. Employees and assessors are being told.
admin-sign-published-none = Nothing is waiting to be published.

# Appeals
admin-appeals = ⚖️ Appeals ({ $count } to be answered)
admin-appeals-none = There are no appeals.
admin-appeals-open = ❗ { $date } { $name }: { $text }
admin-appeals-answered = ✅ { $date } { $name } · { $outcome ->
    [reopened] reviewed again
   *[answered] answered
}

# Progress
admin-progress = ⏳ Reviews owed ({ $count })
admin-progress-none = Nobody owes a review.
admin-progress-overdue = { $count } of them overdue
admin-progress-not-joined = {" "}· hasn't joined
admin-progress-left = {" "}· ⚠️ deactivated
admin-progress-row = { $late ->
    [yes] ‼️
   *[no] ·
} { $name } · { $level } · { $percent }% · { $due }
admin-progress-self = self-assessment
admin-progress-remind = 🔔 { $name }
admin-progress-remind-overdue = 🔔 Remind all who are late ({ $count })

# The ranking of knowledge
admin-ranking = 🏅 Knowledge ranking
admin-ranking-which = By which standard?
admin-ranking-levels = Which level?
admin-ranking-none-here = No standard has examinations of its own, so there is no ranking.
admin-ranking-title = { $level } · applied in { $year }
admin-ranking-nobody = Nobody applied for this level in that year.
admin-ranking-row = { $rank }. { $name } · { $composite }
admin-ranking-unranked = — { $name } · scores incomplete
admin-ranking-regulation = Examined by: { $regulation }
admin-ranking-agreed = Agreed: { $rule }
admin-ranking-year = { $year }

# Finding
admin-menu-find = 🔍 Find
admin-case-earlier = 📊 Result of { $date } (replaced)
find-narrow = 🔍 Narrow
find-everything = All assessments
find-hint = Type a part of a name, a staff number, a department, a standard or a state; or use the buttons below.
find-people = 👥 People ({ $count })
find-people-all = All { $count } people ›
find-assessments = 📋 Assessments and results
find-none = No assessment matches.
find-nothing = Nobody and nothing matches. Try a shorter part of the name.
find-by-state = State
find-by-standard = Standard
find-by-department = Department
find-anew = ✕ Clear
find-all = Any
find-ask-state = Only which state?
find-ask-standard = Only which standard?
find-ask-department = Only which department?
find-about = All assessments of { $name }
person-cases = 🗂 Assessments and results ({ $count })
error-search-over = This button belongs to an earlier search. Use the latest screen, or type again.
admin-menu-standards = 📘 Standards
admin-standards-none = No settings of our own: as released.
admin-standards-heading = { $name } · version { $version }
admin-standards-set = Settings no. { $number } · { $state ->
    [now] in force from { $since }
   *[later] from { $since } on, not yet
} · { $who }
admin-standards-hint = They are changed on the command line, with standards settings set. Assessments that are open keep theirs.
