# The chat: a review
chat-element = {" "}· element { $number }/{ $all }
chat-points = {" "}({ $points } points)
chat-criterion = Criterion { $ordinal } of { $all }
chat-criterion-offered = Next level · criterion { $ordinal } of { $all }
chat-key-condition = {" "}· 🔑 key condition
chat-mark-met = ✅ Met
chat-mark-partly = ◐ Partly
chat-mark-not-met = ❌ Not met
chat-mark-not-observed = ➖ { $part ->
    [self] Has not come up
   *[other] Not observed
}
chat-icon-met = ✅
chat-icon-partly = ◐
chat-icon-not-met = ❌
chat-icon-not-observed = { $part ->
    [self] has not come up
   *[other] not observed
}
chat-line-not-observed = ➖
chat-line-open = ▫️
chat-all-met = { $scope ->
    [all] ✅ All of this element met
    [offered] ✅ All of the next level met
    [rest] ✅ All the rest met
   *[but-key] ✅ All met, key condition aside
}
chat-none-observed = { $part ->
    [self] { $scope ->
        [all] ➖ None of this has come up
        [rest] ➖ None of the rest has come up
       *[but-key] ➖ None has come up, key condition aside
    }
   *[other] { $scope ->
        [all] ➖ None of this element observed
        [rest] ➖ None of the rest observed
       *[but-key] ➖ None observed, key condition aside
    }
}
chat-rating-target = The standard here: { $target } meets it
chat-rerate = ✏️ Change the rating
chat-minimum = Doing better meets it too.
chat-outlook = By the ratings so far:
chat-outlook-part = Rated so far: { $rated } of { $all }
chat-outlook-sum = Sum: { $got } points
chat-outlook-total = Total: { $total } points{ $off ->
    [0] {""}
   *[other] {" "}({ $got } less { $off })
}
chat-outlook-cases = { $name }: { $found } of { $required } count, { $since } to { $until }{ $points ->
    [0] {""}
   *[other] {""}; { $points } points off
}
chat-outlook-grade = { $granted ->
    [yes] Grade: { $grade }
   *[no] Apart from the key conditions: { $grade }
}
chat-warn-key = { $mark ->
    [partly] ❗ Key condition only partly met: { $text }. Like this { $level } is not granted.
    [not-met] ❗ Key condition not met: { $text }. Like this { $level } is not granted.
   *[not-observed] ❗ Key condition not observed: { $text }. Unless somebody says that it is met, { $level } is not granted.
}
chat-warn-outside = ❗ Case outside the period, doesn't count: { $case }
chat-submit-ask = Submit all the same? It can't be changed afterwards.
chat-submit-anyway = Submit all the same
chat-submit-back = ‹ Go back
chat-above = ⬆️ Next level: { $met } of { $asked } met{ $share ->
    [alike] {""}
   *[other] {" "}({ $share }% by the source's lines)
}, { $needed }% needed: not { $rating }.
chat-above-reached = ⬆️ Next level: { $met } of { $asked } met{ $share ->
    [alike] {""}
   *[other] {" "}({ $share }% by the source's lines)
}, { $needed }% needed: enough for { $rating }.
chat-rating-points = { $rating } points
chat-exam-outcome = ✓ { $name }: mean { $mean }{ $rounded ->
    [none] {""}
   *[other] , rounded { $rounded }
} → { $rating }
chat-exam-untaken = ✓ { $name }: no exam taken → { $rating }
chat-score-differs = { $given ->
    [none] ❗ { $subject }: not taken by this, but { $known } is there already and counts.
   *[other] ❗ { $subject }: { $given } by this, but { $known } is there already. Who signs decides which one stands.
}
chat-note = 📝 Note
chat-evidence = 📎 Evidence
chat-back = ‹ Back
chat-forward = Next ›
chat-resume = » Unanswered
chat-overview = ☰ Overview
chat-pause = ⏸ Pause
chat-hint-note = Just send me the note; it is kept with this element.
chat-hint-evidence = Just send a photo, file, voice message or a forwarded message; it is kept with this element.
chat-noted = 📎 Kept. Notes and files with this element: { $count }
chat-noted-review = 📎 Kept. Notes and files with this review: { $count }
chat-evidence-count = 📎 Notes and files: { $count }
chat-suggestion = { $scale ->
    [scale] Suggested: { $rating }
   *[points] Suggested: { $rating } points
}
chat-no-suggestion = { $part ->
    [self] Nothing of this has come up, so there is no suggestion. Please rate yourself and say why.
   *[other] Nothing was observed, so there is no suggestion. Please rate it and say why.
}
chat-rated = Rated now: { $rating }
chat-offer-hint = Everything at this level is met. If the work goes beyond it, look at the next level's criteria.
chat-offer = ⬆️ See the next level's criteria
chat-why = { $suggestion ->
    [none] You rated { $rating }; there is no suggestion to compare it with. What is it based on? One sentence is enough.
   *[other] You rated { $rating }; the suggestion is { $suggestion }. Why? One sentence is enough.
}
chat-score = What was the score in { $subject }? (0–{ $maximum })
chat-score-line = { $begun ->
    [yes] Still open: { $count }. {""}
   *[no] {""}
}Send one by one, or all { $count } in one line with spaces: { $subjects }
chat-score-untaken = For one not taken write “-”; if none was taken, send “none taken”.
chat-score-by-name = A different score? Name its subject to change just that, for example: { $subject } { $score }
chat-scores-whole = All scores are in; nothing is left to send. To change them all, send all { $count } in one line.
chat-known-score = 📋 { $subject }: { $score } is there already ({ $day ->
    [none] from another assessor
   *[other] list, taken { $day }
}); no need to type it
chat-known-scores = ✅ Use what is there: { $scores }
chat-not-taken = Exam not taken
chat-cases-rule = Required: { $required }. Points off for each one missing: { $points }. Counted so far: { $counted }/{ $required }.
chat-cases-window = Only those adopted from { $since } to { $until } (both days included){ $by ->
    [none] {""}
   *[other] {" "}by the { $by }
} count{ $kinds ->
    [none] {""}
   *[other] : { $kinds }
}.
chat-case-outside = {" "}❗ outside the period, doesn't count
chat-cases-ask = Which cases are there? Send date and title, one a line.
chat-cases-example = For example: 2026-03-01 Looking back on a night migration
chat-cases-none = { $others ->
    [some] No cases to add
   *[none] No cases
}
chat-cases-others = Already listed by other assessors; no need to repeat them:
chat-cases-twins = Are these two the same case?
chat-cases-same = The same
chat-cases-distinct = Two cases
chat-cases-kind = Of which kind is this case? { $case }
chat-cases-done = ✅ That's all: { $count }
chat-cases-undo = Take the last one back
chat-cases-jump = Cases
chat-summary = Everything is rated. Have one more look:
chat-overview-title = The ratings so far:
chat-open = —
chat-unsettled = Answers in { $numbers } were changed and the rating no longer follows from them. Please open and confirm.
chat-jump-hint = Press a number to change that element.
chat-jump-hint-open = Press a number to go to that element: rate it now, or change what you gave.
chat-submit-tells = 📣 This is the last review and nobody signs: once you submit, { $name } is told the result, and that can't be undone. The result is:
chat-submit-publish = ✅ Submit review and publish
chat-submit = { $part ->
    [self] ✅ Submit the self-assessment
   *[other] ✅ Submit the review
}
chat-submitted = { $part ->
    [self] ✅ Submitted, thank you! It is shown beside the result and not counted.
   *[other] { $next ->
        [reviews] ✅ Submitted, thank you! Other assessors are still at work; the result comes here once it is published.
        [signature] ✅ Submitted, thank you! All reviews are in and wait for a signature; the result comes here once it is published.
        [signed] ✅ Submitted, thank you! The result is signed and comes here once it is published.
       *[published] ✅ Submitted, thank you! The result is published and comes here.
    }
}
chat-paused = ⏸ Paused at { $percent }%. Everything you gave is kept.
chat-take-up = ▶️ Go on{ $part ->
    [self] {" "}with the self-assessment
   *[other] {""}
}

# The chat: everything else
chat-description = Reviews people against a written standard, one criterion at a time. Every answer is kept as it is given; when all is in, a chart comes back with every number explained.
chat-hello = Hello { $name }!
chat-hello-nothing = No review is waiting for you.
chat-hello-owed = Reviews waiting for you: { $count }. Press one to start:
chat-hello-result = Send /result for your latest result.
chat-hello-admin = Send /admin for the administrator's menu.
chat-moved = { $name } has moved to another Telegram account; this one can no longer be used. If that wasn't you, please tell your administrator at once.
chat-review-button = { $name } · { $level } · due { $due }
chat-own-review = Self-assessment
chat-review-begun = {" "}· { $percent }%
chat-stranger = Hello! I'm Qualify; I help companies to qualify their people.

    To begin, open the invitation link from your administrator. No link? Ask your HR department.
chat-joined = Welcome, { $name }! You're in.
chat-help = This is what I do:
chat-help-reviews = In a review, answer by button, or type “met” or a rating; other text is kept as a note, photos, files and voice as evidence. Stop whenever you like and go on with /start.
chat-help-admin = For administrators: send me a list of people or scores (CSV, XLSX) to import it.
help-reviews = /reviews reviews waiting for you
help-result = /result your latest result: read it, accept it or appeal
help-history = /history earlier results
help-team = /team how your people are doing
help-standard = /standard what a standard asks for and how it is rated
help-settings = /settings language, charts and reminders
help-privacy = /privacy what I keep, and who sees it
help-cancel = /cancel take back what I asked, or pause the review in hand
help-admin = /admin the administrators' menu
chat-cancelled = All right, paused. Everything is kept; send /reviews to go on.
chat-nothing-to-cancel = No review is in hand.
chat-nothing-in-hand = I didn't understand that. Send /reviews to go on with a review, or /help to see what I do.
chat-group = I only work in private chats. Open my profile and send /start.
chat-settings = Settings
chat-settings-language = Language
chat-settings-theme = Charts
chat-language-zh-cn = 简体中文
chat-language-en = English
chat-theme-light = ☀️ Light
chat-theme-dark = 🌙 Dark
chat-too-fast = One moment, I'm still busy with your last presses.
chat-error = Sorry, something went wrong; it is logged. This last step may not have been stored, please have a look; everything before it is kept. Send /start to go on.
chat-job-stopped = I have to restart, and this isn't done yet. I'll go on with it afterwards; no need to send it again.
chat-set-aside = One of your messages interrupted me twice, so I have put it aside; administrators can see that. Please send it again in another way.
error-job-under-way = The last one is still under way; you'll hear as soon as it is done. This one was not taken: please come back with it then.
chat-file-unsent = The file could not be sent. If it doesn't arrive in a while, please press again.
chat-start-review = ▶️ Start
chat-result-caption = { $name } · { $standard } · { $level }
chat-result-explain = 📖 Where every number comes from
chat-result-own = Your result is here.
chat-result-past = The result of { $date }
chat-result-theirs = The assessment of { $name } is complete.
chat-explain-title = { $name } · the result explained ({ $page }/{ $pages })
chat-explain-previous = ‹ Previous
chat-explain-next = Next ›
chat-history = Your results so far:
chat-history-newest = Only the newest { $count } are here.
chat-history-row = { $date } · { $standard } · { $level }

# The command menu
command-start = Start
command-reviews = Reviews waiting for you
command-result = Your latest result
command-history = Earlier results
command-team = My team
command-settings = Settings
command-language = Language
command-privacy = Privacy
command-help = Help
command-cancel = Cancel or pause
command-admin = Administration
chat-privacy = What I keep:

    your name, staff number, department, position and roles; the number and settings of your Telegram account; answers, ratings, notes and evidence of reviews; exam scores and results; and who changed what, and when.

    Who sees it:

    you see your results once they are published. Assessors see only what they rate and what came of it. Administrators see everything. Nobody else does.

    To have your data exported or erased, ask an administrator. Once it is erased, results no longer carry your name; the audit log stays.

# Chat: notes and evidence
evidence-list = 📎 See all ({ $count })
evidence-back = ‹ Back to the review
evidence-none = No notes or files here yet.
evidence-take-back = ↩️ Take back
evidence-take-back-ask = Nobody can open it then; who signs sees only “taken back”. You can send it again if you need it.
evidence-take-back-yes = ↩️ Take it back
evidence-taken-back = { $kind }: taken back
evidence-edited = {" "}(edited)
evidence-earlier = Before: { $text }
evidence-reworded = ✏️ What you kept on “{ $element }” says the new words now. The old ones stay on record.
evidence-edit-none = Editing a message only changes notes and files, and this is none. To change an answer, open “Overview” in the review.
evidence-gone = Telegram doesn't have this file any more, so it can't be opened.
error-evidence-unknown = There is no such note or file, or it isn't for you.
error-evidence-taken-back = This was taken back: it isn't shown any more and can't be changed.
error-evidence-closed = The review is submitted, so its notes and files stay as they are. This change was not made.

# Chat: reviews that were handed in
submitted-list = 📁 Submitted
submitted-title = 📁 The reviews you have submitted; open one to read it:
submitted-none = You haven't submitted a review yet.
submitted-button = { $name } · { $level } · { $due }
submitted-when = ✅ Submitted on { $date }; to read, not to change.
submitted-next = ▶️ Next:{" "}
submitted-read = 📖 Read what I submitted
submitted-summary = ☰ Overview
submitted-reason = Reason: { $reason }
chat-rated-then = Rating: { $rating }
