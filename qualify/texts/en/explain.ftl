# The result explained: where every number comes from
explain-separator = {", "}
explain-plus = {" + "}
explain-gap = {" "}

# The elements
explain-element = { $kind ->
    [scale] { $name }: { $rating } · { $label ->
        [none] standard { $target }
       *[other] { $label }, standard { $target }
    }
   *[points] { $name }: { $rating } of { $target } points
}
explain-element-unrated = { $name }: not rated, counts as 0
explain-count-met = { $n } met
explain-count-partly = { $n } partly met (half each)
explain-count-not-met = { $n } not met
explain-count-not-observed = { $n } not observed (left out)
explain-share = { $counts } → share { $value } ÷ { $observed } = { $share }%
explain-share-lines = { $counts } → each line of the source weighs the same: share { $value } ÷ { $observed } = { $share }%
explain-points = { $share } → × { $possible } points, rounded half up to { $step }{ $agreed } → suggested { $suggestion }
explain-scale = { $share }, { $reached }{ $agreed } → suggested { $suggestion }
explain-row-all = all of it met
explain-row-from = { $share }% or more
explain-row-above = more than { $share }%
explain-next-level = { $met } of { $asked } met at the next level{ $share ->
    [alike] {""}
   *[other] {" "}({ $share }% by the source's lines)
}, { $needed }% needed
explain-not-exceeding = { $above }: { $rating } is suggested only when this level is fully met and the next as far as needed{ $agreed }
explain-nothing-observed = Nothing was observed, so there is no suggestion
explain-by-hand = Rated { $rating } by the assessor directly, because: { $reason }
explain-changed = Changed to { $rating } by the assessor, because: { $reason }
explain-no-reason = no reason given
explain-assessor = { $name } (weight { $weight }):{" "}
explain-mean = Assessors' mean by weight{ $unrated ->
    [some] {" "}(without those who gave no rating)
   *[none] {""}
}, one decimal{ $agreed }: { $figures }
explain-mean-rating = rating { $rating }
explain-mean-suggestion = suggested { $suggestion }
explain-mean-share = share { $share }%
explain-exam = { $scores } → weighted mean { $mean } → { $rule } → { $suggestion }
explain-exam-rounded = { $scores } → weighted mean { $exact }, rounded to { $mean }{ $agreed } → { $rule } → { $suggestion }
explain-exam-band = band from { $score }
explain-exam-points = × { $possible } points ÷ 100, rounded half up to { $step }
explain-exam-untaken = No exam taken{ $agreed } → { $suggestion }
explain-weighted = { $text } ({ $weight }% of it)
explain-counts-nothing = not taken (counts 0){ $agreed }
explain-not-taken = not taken

# Sum, deductions, grade, key conditions, knowledge
explain-scale-count = { $above } above the standard, { $at } at it, { $below } below.
explain-sum = All elements together: { $got } of { $possible } points.
explain-deduction = { $name }: { $found } adopted in the { $months } months before the application ({ $since } to { $until }, both days included), { $required } required; { $lacking } missing × { $each } points: { $points } off.
explain-no-deduction = { $name }: { $found } adopted in the { $months } months before the application ({ $since } to { $until }, both days included), { $required } required; nothing off.
explain-total = Total: { $total } points.
explain-total-off = { $got } − { $off }: total { $total } points.
explain-total-floor = { $got } − { $off } is below 0: the total counts as { $total } points.
explain-grade = Total { $total }, { $grade } starts at { $threshold }{ $agreed } → { $level } · { $grade }.
explain-grade-by-total = By the total of { $total } alone: { $grade }, which starts at { $threshold }{ $agreed }.
explain-counted = Of { $asked } criteria beside the key conditions { $unmet } are unmet, { $share }%; up to { $bound }% is { $grade }{ $agreed } → { $level } · { $grade }.
explain-counted-alone = By the other { $asked } criteria alone: { $unmet } unmet, { $share }%; up to { $bound }% is { $grade }{ $agreed }.
explain-not-granted = A key condition is not met, so { $level } is not granted this time{ $agreed }.
explain-key-unmet = Key condition not met: { $text } (assessors' answers: { $answers }).
explain-mark-met = met
explain-mark-partly = partly met
explain-mark-not-met = not met
explain-mark-not-observed = not observed
explain-composite = Knowledge composite: { $parts } = { $composite }.
explain-composite-regulation = The composite is ranked under { $regulation } and used when applying for a level.
explain-composite-part = { $name } { $score } × { $weight }%
explain-composite-part-scaled = { $name } { $score } ÷ { $maximum } × 100 × { $weight }%
explain-composite-missing = Knowledge composite: still without a score for { $subjects }.
explain-case = ✓ { $case }
explain-case-outside = ✗ { $case }: outside the window, doesn't count
explain-case-words = { $day }{ $title ->
    [none] {""}
   *[other] {" "}{ $title }
}{ $kind ->
    [none] {""}
   *[other] {" "}({ $kind })
}
explain-conflict = ❗ { $subject } has different scores: { $scores }. Whoever signs decides; until then { $counts ->
    [none] one of them
   *[other] { $counts }
} counts.
explain-twins = ❗ Probably one case: { $one } / { $other }. Whoever signs decides; they count once until then.

# What is agreed because the source leaves it open: the same words for a standard and for a result
agreed-sign = ※{ $number }
agreed-heading = Open in the source, agreed here
agreed-answers = Partly counts ½, and what was not observed is left out.
agreed-points = The suggestion is points × share met{ $exams ->
    [some] {" "}(for an exam × mean ÷ 100)
   *[none] {""}
}, to the nearest { $step }.
agreed-suggestion = The table from the share met to the suggested rating.
agreed-exceeding = When “{ $exceeding }” is suggested.
agreed-exam-rounding = An exam’s weighted mean with decimals is rounded half up to a whole number first.
agreed-exam-untaken = A subject not taken counts 0; with none taken the rating is { $untaken }.
agreed-exam-bands = The bands of the mean examination score.
agreed-targets = A standard that an element has for itself is only compared with; suggestions stay.
agreed-mean = Several assessors’ ratings are averaged by weight{ $kind ->
    [points] , unrounded; the total is rounded once, to 0.1.
   *[scale] , and shown with one decimal.
}
agreed-grades = How grades within the level are drawn.
agreed-key-conditions = An unmet key condition means that the level is not granted.
agreed-ranking = Who applies for the same level in the same calendar year is ranked together, equal scores sharing a rank, by the latest scores up to the application date, that day in.

# The least that takes one further
explain-way-up-key = First meet the key condition: then { $granted } is granted.
explain-way-up = { $missing } short of { $grade } (from { $threshold }); the shortest way: { $gains }.
explain-way-up-counted = { $missing } more criteria to meet for { $grade } (at most { $bound }% unmet).
explain-way-up-scale = { $each ->
    [one] Nearest to the standard, { $missing } short: { $gains }.
   *[several] Nearest to the standard, { $missing } short each: { $gains }.
}
explain-gain-separator = {"; "}
explain-gains = { $gains } and others, { $n } in all
explain-gain = { $name } +{ $points }
explain-gain-cases = { $name }: { $n } more, +{ $points }

# Answers that are not accepted
error-answers-object = The answers file must be a JSON object: {"{"}"criteria": {"{"}…{"}"}, …{"}"}.
error-answers-field = The answers file has no field “{ $field }”; use: { $fields }.
error-answers-shape = “{ $field }” must be written as { $shape }.
error-answers-criterion = Level { $level } has no criterion “{ $id }”; standards show lists the ids.
error-answers-element = Level { $level } has no element “{ $id }”; standards show lists the ids.
error-answers-subject = There is no exam subject “{ $id }”; use: { $subjects }.
error-answers-mark = “{ $given }” is no answer to criterion “{ $id }”; use: { $marks }.
error-rating-range = Rating { $given } for “{ $id }” is not possible: 0 to { $maximum } in steps of { $step }.
error-score-range = Score { $given } for “{ $id }” is not possible: 0 to { $maximum }.
error-number = “{ $name }” must be a number, not “{ $given }”.
error-date = A date is written like 2026-03-01, not “{ $given }”.
error-application-date-needed = This standard counts deductions by the application date: give application_date.

# Words on the charts
result-subtitle = { $level } · { $date } · assessors: { $assessors }
result-note-deduction = { $name }: −{ $points } points
result-note-composite = Knowledge composite { $composite }

# A result in a few lines: the figures, and what was done with them on which day
result-met = { $met }/{ $all } met
result-points = Total { $total } points
result-grade = Grade: { $grade }
result-warning = { $level } not granted
result-blocked = Key condition not met: { $text }
result-computed = Computed { $day }{ $total ->
    [none] {""}
   *[other] : total { $total }
}{ $grade ->
    [none] {""}
   *[other] , grade { $grade }
}
result-operator = the command line
result-signed = Signed { $day } by { $by }
result-signed-otherwise = Signed { $day } by { $by }: { $grade ->
    [none] the level is not granted
   *[other] grade { $grade }
}, because: { $reason }
result-waived = The signature was waived when it was opened
result-published = Published { $day } · can be appealed until { $until }{ $valid ->
    [none] {""}
   *[other] {" "}· valid until { $valid }
}

# Beside a result: signature, validity, the comparison with the last one, the self-assessment
result-signed-grade = Grade: { $grade } (computed: { $computed }; changed on signing: { $reason })
result-signed-refused = Level not granted (computed: { $computed }; changed on signing: { $reason })
result-not-granted = level not granted
result-note-signed = Grade: { $grade } (changed on signing)
result-note-refused = The level was not granted on signing
result-signed-by = Signed by { $name } on { $date }
result-signed-unnamed = Signed by an administrator on { $date }
result-valid = valid until { $date }
result-expired = ⌛ expired; it was valid until { $date }
result-standing = { $state ->
    [unpublished] 🔒 Not published yet; the employee can't see it.
    [replaced] ↪️ A newer result has replaced this one; send /result to see it.
    [acknowledged] ✅ Acknowledged.
    [appealed] ⚖️ Appealed; waiting for an answer.
    [answered] ⚖️ The appeal was answered; the result stands.
   *[again] 🔁 Being looked at again; this one counts until the new one is published.
}
result-replaces = { $kind ->
    [same] ✏️ Replaces the result of { $date }; the whole stays the same
    [met] ✏️ Replaces the result of { $date }: { $change } met
   *[total] ✏️ Replaces the result of { $date }: { $change } points
}
result-replaces-composite = Knowledge composite: { $then } → { $now }
result-compared = { $kind ->
    [met] Since { $date }: { $change } elements that meet the standard
   *[total] Since { $date }: { $change } points
}
result-compared-same = { $kind ->
    [met] Since { $date }: as many elements meet the standard
   *[total] Since { $date }: the same total
}
result-changes = Ratings that differ from the result of { $date }:
result-changes-none = No rating differs from the result of { $date }.
result-change = { $way ->
    [up] ↑ { $name }: { $then } → { $now }
   *[down] ↓ { $name }: { $then } → { $now }
}
result-own = Self-assessment: { $rating } points
result-own-note = The self-assessment only stands beside it (open squares on the chart); it is not counted.
