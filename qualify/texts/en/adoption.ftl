# Adopting another version of a standard: who would change, how, and why

adoption-verdict = { $total } points · { $grade }
adoption-level-gone = the new version has no such level
adoption-changes = Of { $all } people with a current result, { $count } would change.
adoption-unanswered = { $count } more stay as they are for now, but the new version asks things nobody has answered yet.
adoption-left-out = { $count } results were made by a version that is gone; they were not compared.
adoption-keep = · Keep: old results stand until they expire
adoption-convert = · Convert: { $count } running assessments go over with everything given, only what is new is asked
adoption-reassess = · Reassess: { $count } people to be assessed again
adoption-line = { $name }: { $before } → { $after } ({ $why })
adoption-reason = { $element }: { $why }
adoption-reason-moved = { $element } { $before } → { $after }: { $why }
adoption-cause = { $cause ->
    [added] newly asked
    [removed] no longer rated
    [criteria] criteria were added or removed
    [lines] criteria are grouped otherwise
    [key] key conditions changed
    [points] the points changed
    [target] the standard level changed
    [subjects] subjects or weights changed
    [rating] suggestions are worked out otherwise
    [deductions] the deductions changed
    [grades] the grades' cut points changed
    [key_conditions] what a key condition does changed
   *[exams] the examination subjects changed
}
adoption-adopted = From { $date }, new assessments are made by { $standard } version { $version }.
adoption-adopted-converts = From { $date }, new assessments are made by { $standard } version { $version }, and running ones go over to it.
adoption-begun = Working it out; one moment.
adoption-title = Adopting { $title }: dry run
adoption-sheet = 📊 Everybody, as a sheet
adoption-from = { $day ->
    [today] 📅 Adopt from today
   *[later] 📅 Adopt from { $date }
}
adoption-ask = From { $date }, new assessments are made by { $title }. Results that are there stay until they expire.
    { $count ->
        [0] No assessment is running now.
        [one] What about the one that is running? If it goes over, everything given is kept, and assessors are told what is left to answer.
       *[other] What about the { $count } that are running? If they go over, everything given is kept, and assessors are told what is left to answer.
    }
adoption-do-keep = { $count ->
    [0] ✅ Adopt
   *[other] ✅ Adopt; running ones finish as they are
}
adoption-do-convert = 🔄 Adopt; running ones go over too
adoption-undo = To go back, adopt the earlier version again.
standards-adopt = 🔀 Adopt this version…
export-sheet-adoption = Dry run
export-heading-before = Now
export-heading-after = With the new version
export-heading-why = Why
export-heading-to-answer = Criteria to answer
