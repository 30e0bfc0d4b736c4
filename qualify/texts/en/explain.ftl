# The result explained: where every number comes from
explain-separator = {", "}
explain-plus = {" + "}
explain-assumed = {" "}(agreed here; the source is silent)
explain-element = { $kind ->
    [scale] { $name }: { $rating } · { $label ->
        [none] standard { $target }
       *[other] { $label }, standard { $target }
    }
   *[points] { $name }: { $rating } of { $target } points
}
explain-element-unrated = { $name }: not rated, counts as 0
explain-count-met = { $n } met
explain-count-partly = { $n } partly met
explain-count-not-met = { $n } not met
explain-count-not-observed = { $n } not observed (left out)
explain-points = { $counts } → share { $share }% × { $possible } points → suggested { $suggestion }
explain-scale = { $counts } → share { $share }% → suggested { $suggestion }
explain-exceeds = { $counts } → this level fully met and at least half of the next → suggested { $suggestion }
explain-nothing-observed = Nothing was observed, so there is no suggestion
explain-changed = The assessor changed it to { $rating }, because: { $reason }
explain-no-reason = no reason given
explain-assessor = { $name } (weight { $weight }):{" "}
explain-mean = Weighted mean, one decimal: { $rating }
explain-exam = { $scores } → weighted mean { $mean } → { $suggestion }
explain-exam-untaken = No exam taken → { $suggestion }
explain-not-taken = not taken
explain-scale-count = { $above } above the standard, { $at } at it, { $below } below.
explain-sum = All elements together: { $got } of { $possible } points.
explain-deduction = { $name }: { $found } adopted from { $since } to { $until }, { $required } required, { $each } points off for each one missing: −{ $points }.
explain-no-deduction = { $name }: { $found } adopted from { $since } to { $until }, { $required } required, nothing off.
explain-total = Total { $total } points.
explain-grade = { $level } · { $grade }
explain-not-granted = A key condition is not met, so the level is not granted (the total alone would be { $grade })
explain-key-unmet = Key condition not met: { $text }
explain-composite = Knowledge composite: { $parts } = { $composite }.
explain-composite-part = { $name } { $score }/{ $maximum } as a percentage × { $weight }%
explain-way-up = { $missing } points short of { $grade }; the shortest way: { $gains }.
explain-way-up-scale = Nearest to the standard: { $gains }.
explain-gain = { $name } +{ $points }
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
result-subtitle = { $level } · { $date } · { $assessors ->
    [1] 1 assessor
   *[other] { $assessors } assessors
}
result-met = { $met }/{ $all } met
result-note-deduction = { $name }: −{ $points } points
result-note-not-granted = A key condition is not met: level not granted
result-note-grade = Grade: { $grade }
result-note-composite = Knowledge composite { $composite }
