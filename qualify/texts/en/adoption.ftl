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
export-sheet-adoption = Dry run
export-heading-before = Now
export-heading-after = With the new version
export-heading-why = Why
export-heading-to-answer = Criteria to answer
