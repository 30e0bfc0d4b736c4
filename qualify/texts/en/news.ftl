# News: what somebody did, and what will expire soon
news-together = Good morning! { $count } messages from your quiet hours
news-what = { $standard } · { $level }
news-review = A new review for you: { $name }, { $standard }, { $level }. Please finish it by { $due }.
news-reviews = { $count } new reviews for you: { $standard }, { $level }. Please finish them by { $due }. Press a name to start:
news-review-own = Please assess yourself: { $standard }, { $level }, by { $due }. Your own view stands beside the result and never counts.
news-returned = ↩️ Your review of { $name } was returned. Please revise it and submit it again
news-due = Due { $date } ({ $when })
news-converted = 🔄 { $standard } is now version { $version }; your review of { $name } goes on
news-converted-left = Everything you gave is kept. With what is new, { $count } left to answer.
news-withdrawn = Your review of { $name } was withdrawn; there is nothing left to do: { $what }
news-withdrawn-own = Your self-assessment was withdrawn; there is nothing left to do: { $what }
news-to-sign = ✍️ { $name }'s result is waiting for a signature
news-subject-left = ⏸ { $name } is deactivated, with an unfinished assessment
news-subject-left-ask = Until you decide, nobody is reminded of it. Go on, or withdraw it?
news-unsettled = { $count ->
    [one] ⚖️ 1 thing has to be settled first
   *[other] ⚖️ { $count } things have to be settled first
}
news-disagreements = { $count ->
    [one] ⚠️ The assessors' ratings differ widely on 1 element
   *[other] ⚠️ The assessors' ratings differ widely on { $count } elements
}
news-appeal = ⚖️ { $name } has appealed against a result
news-appeal-answered = ⚖️ Your appeal was answered: the result stands
news-appeal-reopened = ⚖️ Your appeal was answered: there will be a new review
news-expires = { $days ->
    [0] ⏳ Your result expires today
    [1] ⏳ Your result expires tomorrow
   *[other] ⏳ Your result expires in { $days } days
}
news-valid-until = Valid until { $date }. For a new assessment please talk to HR.
news-faults = ⚠️ Some messages need an administrator
news-faults-failing = { $count ->
    [one] 1 notice has failed again and again; the bot goes on trying:
   *[other] { $count } notices have failed again and again; the bot goes on trying:
}
news-faults-refused = { $count ->
    [one] 1 notice was refused by Telegram and won't be sent again:
   *[other] { $count } notices were refused by Telegram and won't be sent again:
}
news-faults-set-aside = { $count ->
    [one] 1 message of somebody could not be handled and is kept apart:
   *[other] { $count } messages of people could not be handled and are kept apart:
}
news-faults-rescoring = { $count ->
    [one] 1 assessment could not be scored again after a list of scores. It is tried again; its number and why are in the log.
   *[other] { $count } assessments could not be scored again after a list of scores. They are tried again; their numbers and why are in the log.
}
news-open = Open
news-see-result = See the result
news-standard = 📘 { $who } asked for the release of “{ $title }”. Please look at it and sign.
news-standard-released = 📘 “{ $title }”, whose release you asked for, was signed. To make new assessments by it, open it and adopt it.
