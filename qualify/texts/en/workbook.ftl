# A standard in a workbook: its sheets, columns and choices, how to fill them in, what is wrong where.
workbook-sheet-how-to = How to
workbook-sheet-standard = Standard
workbook-sheet-lost = Lost in the source
workbook-sheet-levels = Levels
workbook-sheet-modules = Modules
workbook-sheet-modules-elements = Elements
workbook-sheet-modules-elements-levels = Demands by level
workbook-sheet-modules-elements-levels-criteria = Criteria
workbook-sheet-modules-elements-subjects = Subjects of elements
workbook-sheet-rating-labels = Scale
workbook-sheet-rating-suggestion-rows = Suggestions
workbook-sheet-rating-exam-bands-bands = Exam bands
workbook-sheet-exams = Exams
workbook-sheet-exams-subjects = Exam subjects
workbook-sheet-deductions = Deductions
workbook-sheet-deductions-kinds = Kinds of case
workbook-sheet-grades-bands = Grades
workbook-sheet-eligibility = Eligibility
workbook-sheet-reading = Reading lists
workbook-sheet-reading-topics = Reading topics

# Columns
workbook-once-name = Field
workbook-once-content = Content
workbook-once-english = In English
workbook-in-zh = { $field } (Chinese)
workbook-in-en = { $field } (English)
workbook-and = {", "}
workbook-field-text = Text
workbook-field-level = Level
workbook-field-id = Id
workbook-field-version = Version
workbook-field-name = Name
workbook-field-definition = Definition
workbook-field-source = Place in the source
workbook-field-kind = Kind
workbook-field-points = Points
workbook-field-targets = Standard rating
workbook-field-summary = Summary
workbook-field-inherits = Inherits from level
workbook-field-inherited = Inherited criteria
workbook-field-key = Key condition
workbook-field-line = Line of the source
workbook-field-minimum = The least
workbook-field-restored = Restored
workbook-field-max = Full marks
workbook-field-weight = Weight
workbook-field-weights-assumed = Weights agreed here
workbook-standard-rating-exam-bands-bands-assumed = Cut points agreed here
workbook-field-value = Value
workbook-field-share = Share
workbook-field-rating = Rating
workbook-field-above = Only above
workbook-field-score = Mean score
workbook-field-regulation = Examination rules
workbook-field-adopted-by = Adopted by
workbook-field-required = Cases required
workbook-field-window-months = Within months
workbook-field-from = Total from
workbook-field-unmet = Share unmet
workbook-field-years = Years of service
workbook-field-last = Last appraisals
workbook-field-accepted = Accepted appraisals
workbook-field-levels = Level held
workbook-field-months = For months
workbook-field-prepares-for = Prepares for
workbook-field-topics = Topics
workbook-holder-modules = Module
workbook-holder-modules-elements = Element
workbook-holder-exams = Exam
workbook-holder-deductions = Deduction
workbook-holder-reading = Reading list
workbook-standard-source = Source
workbook-standard-rating-kind = How it is rated
workbook-standard-rating-step = Step of points
workbook-standard-rating-target = Rating that meets
workbook-standard-rating-suggestion-assumed = Suggestions agreed here
workbook-standard-rating-exceeding-rating = Rating that exceeds
workbook-standard-rating-exceeding-next-level-share = Share of the next level to exceed
workbook-standard-rating-exceeding-assumed = Exceeding agreed here
workbook-standard-rating-exam-bands-untaken = Rating with no subject taken
workbook-standard-rating-exam-bands-assumed = Exam bands agreed here
workbook-standard-grades-rule = Rule of grades
workbook-standard-grades-assumed = Grades agreed here
workbook-standard-key-conditions-effect = A key condition not met
workbook-standard-key-conditions-assumed = Key conditions agreed here
workbook-modules-elements-levels-criteria-text = Criterion
workbook-deductions-points = Points off each

# Choices
workbook-choice-yes-no-true = yes
workbook-choice-yes-no-false = no
workbook-choice-kind-points = points
workbook-choice-kind-scale = scale
workbook-choice-kind-behaviour = behaviour
workbook-choice-kind-exam = exam
workbook-choice-kind-service-years = years of service
workbook-choice-kind-appraisals = appraisals
workbook-choice-kind-level-held = level held
workbook-choice-rule-bands = by the total
workbook-choice-rule-counting = by what is unmet
workbook-choice-effect-not-granted = level not granted
workbook-choice-inherited-before = before its own
workbook-choice-inherited-after = after its own

# How to fill it in
workbook-how-to-sheet = Sheet
workbook-how-to-about = What it holds
workbook-how-to-begin = The first row of each sheet has the headings; from the second on there is one item a row, in the order they have in the standard. Columns may be moved; keep their headings.
workbook-how-to-release = A released version can't change its meaning: add 1 to Version on the sheet Standard, then change.
workbook-how-to-ids = Ids have lower-case letters, digits, dots and hyphens and are used once for their kind. Past results are found by them: don't change those that are there.
workbook-how-to-lists = Choose from the list where a cell has one. "Name [id]", only the id or only the name all do.
workbook-how-to-levels = Columns by level are called "Points · Level 3 [3]". For a new level add a row to the sheet Levels, then a column like these.
workbook-how-to-blank = Leave blank what isn't needed; blank isn't 0. Every text is written in Chinese and in English.
workbook-how-to-send = Send me the file in the chat (as an administrator), or run qualify standards import. Faults are told by sheet, row and column, and nothing is taken in by halves.
workbook-how-to-example = Example: one more criterion for written expression at level 3 is a row of the sheet Criteria: Element Written expression [writing], Level Level 3 [3], Id writing.3.9, Source line one more than the criterion above (4 after 3), Criterion (Chinese) 公文格式规范, Criterion (English) Keeps to the format of official papers.
workbook-about-standard = What the standard has once: id, version, name, how it is rated. "Agreed here: yes" means that the source doesn't say it.
workbook-about-lost = What of the source is lost, one part a row.
workbook-about-levels = The levels, low to high.
workbook-about-modules = Modules, which elements belong to.
workbook-about-modules-elements = What is rated. With points: the points at each level, which sum to 100; 0 means not asked there. On a scale there are none.
workbook-about-modules-elements-levels = What each element demands at each level, in short, and which lower level's criteria it takes over.
workbook-about-modules-elements-levels-criteria = What assessors answer one by one. Line of the source: criteria of one line share its weight; all of an element and level have one or none, counted from 1.
workbook-about-modules-elements-subjects = The subjects of elements that are exams. A weight is one number, or one for each level.
workbook-about-rating-labels = On a scale: the name of each value, counting up from 0.
workbook-about-rating-suggestion-rows = On a scale: from which share of criteria met a rating is suggested. Falls from row to row, the last is 0. Write 0.8 or 80%.
workbook-about-rating-exam-bands-bands = On a scale: from which mean score an exam is rated so. Falls from row to row, the last is 0.
workbook-about-exams = Exams beside the elements; each subject is brought to 100 and weighted.
workbook-about-exams-subjects = The subjects of these exams.
workbook-about-deductions = With points: how many cases each level needs, points off for each one missing, within how many months.
workbook-about-deductions-kinds = Which kinds of case count; any, if there are none here.
workbook-about-grades-bands = With points. By the total: Total from, falling from row to row to 0. By what is unmet: Share unmet, rising to 1.
workbook-about-eligibility = What an applicant must bring, asked only at the levels that are filled in. Accepted appraisals are separated by commas.
workbook-about-reading = Reading lists, and the exam, subject or exam element they prepare for.
workbook-about-reading-topics = The topics of each list, one a row.

# What is wrong
workbook-fault = { $sheet }, row { $row }{ $column ->
    [none] {""}
   *[other] , column { $column }{ $heading ->
        [none] {""}
       *[other] { " " }({ $heading })
    }
}: { $problem }
error-workbook-sheet-twice = This sheet is of the same kind as "{ $other }". There can be one: put them together.
error-workbook-sheet-unknown = There is no such sheet. It may be one of: { $legal }. Keep notes of your own in another file.
error-workbook-sheet-empty = The sheet "{ $sheet }" needs one row at least.
error-workbook-column-twice = "{ $heading }" is there twice. Delete one.
error-workbook-column-unnamed = This column has no heading, so nobody knows what it is. Give it one, or clear it.
error-workbook-column-missing = The column "{ $heading }" is missing, so it isn't known what the rows belong to. Add it.
error-workbook-column-unknown = There is no "{ $given }" here. Did you mean: { $legal }?
error-workbook-cell-missing = "{ $heading }" can't be blank. Fill it in.
error-workbook-cell-unknown = Nothing of "{ $heading }" is called "{ $given }". It may be: { $legal }.
error-workbook-row-twice = The same element and level have a row above. Make them one.
error-workbook-one-or-each = Write one number or one for each level, not both.
error-workbook-level-unknown = There is no level "{ $level }". It may be: { $legal }. A new level has a row on the sheet Levels first.
error-workbook-field-missing = "{ $column }" can't be blank. Fill it in.
error-workbook-field-unknown = This row has no "{ $column }". Clear the cell.
error-workbook-field-unknown-near = This row has no "{ $column }". Clear the cell.
error-workbook-language-missing = "{ $column }" has no { $field ->
    [zh] Chinese
   *[en] English
} text. Both languages are needed.
error-workbook-not-boolean = Choose yes or no; this is { $given }.
error-workbook-subjects-of-behaviour = The element "{ $element }" is a behaviour and has no subjects. If it is an exam, say so in its kind on the sheet Elements.
error-workbook-subjects-missing = The exam element "{ $element }" needs one subject at least, on the sheet Subjects of elements.
error-workbook-criteria-of-exam = The exam element "{ $element }" is rated by subjects. Delete its rows on the sheets Demands by level and Criteria.
error-workbook-exam-bands-missing = With an exam element ("{ $element }") the sheet Exam bands must say which score is rated how.
error-workbook-points-on-scale = Elements have no points on a scale. Clear those of "{ $element }".
error-workbook-points-missing = With points each element says how many it has at every level. Add them to "{ $element }" (0 where it isn't asked).
error-workbook-level-missing = "{ $field }" lacks the level "{ $level }". Every level has one (0 if there is none).
error-workbook-inherited-alone = This says where inherited criteria stand, but none are inherited. Fill in "Inherits from level", or clear this cell.
error-workbook-criteria-missing = The element "{ $element }" is asked at level "{ $level }" but has no criteria. Add some on the sheet Criteria, or say what it inherits.
error-workbook-criteria-without-points = The element "{ $element }" has 0 points at level "{ $level }" and isn't asked. Delete its criteria, or give it points.
error-workbook-line-missing = The criterion "{ $id }" has no line of the source, but others of the same element and level have. All have one or none.
error-workbook-line-order = Lines of the source count up from 1, and criteria of one line stand together. This is { $given }; it may be: { $legal }.
error-workbook-key-conditions-missing = With key conditions the sheet Standard must say what happens when one is not met.
error-workbook-key-criteria-missing = This says what an unmet key condition does, but no criterion is one. Mark it on the sheet Criteria, or clear this cell.
error-workbook-rating-unlabelled = The sheet Scale has no { $given }. It may be: { $legal }.
error-workbook-suggestion-above-target = Suggestions go up to the rating that meets ({ $target }); this is { $rating }. What is higher goes into "Rating that exceeds".
error-workbook-row-above-all = No share is more than 1, so "Only above" is never reached. Clear it.
error-workbook-row-last = "{ $field }" of the last row must be 0, that in; this is { $given }, and what is lower has no row.
error-workbook-rating-order = Ratings fall from row to row. The one before is { $before }, this is { $given }.
error-workbook-counted-unreachable = This grade is never reached: "Share unmet" rises from row to row. The one before is { $before }, this is { $given }.
error-workbook-counted-last = The last grade must allow everything ("Share unmet" is 1), so that everybody has one; this is { $given }.
error-workbook-deduction-on-scale = A scale has no total that the deduction "{ $id }" could be taken from. Delete this row.
error-workbook-grades-on-scale = A scale has no total, so there are no grades. Clear "Rule of grades" and the sheet Grades.
error-workbook-released-changed = { $id } v{ $version } is released: only its wording may change. For anything else make the version { $next }.
error-workbook-unwritable = The standard "{ $id }" has a text that a workbook would change ({ $start }): it holds at most { $most } characters, no control characters, and no apostrophe before a sign of a formula.
error-workbook-other = "{ $file }" isn't the workbook of a standard: it has no sheets such as Standard, Levels and Elements. Export a standard and change that file.

# What differs between two versions
standard-change-none = The two versions say the same in the same words.
standard-change-meaning = The meaning differs in { $count ->
    [one] one place
   *[other] { $count } places
}:
standard-change-wording = Only the wording differs in { $count ->
    [one] one place
   *[other] { $count } places
}:
standard-change-nothing = (nothing)
standard-change-added = ＋ added: { $what }{ $where ->
    [none] {""}
   *[other] {" "}({ $where })
}
standard-change-removed = － removed: { $what }{ $where ->
    [none] {""}
   *[other] {" "}({ $where })
}
standard-change-moved = ⇄ moved: { $what }{ $before ->
    [none] { $where ->
        [none] {" "}in the order
       *[other] {" "}({ $where }) in the order
    }
   *[other] {" "}from “{ $before }” to “{ $where }”
}
standard-change-weighed = ⚖ weight: { $what }{ $where ->
    [none] {""}
   *[other] {" "}({ $where })
}, { $field } { $before } → { $after }
standard-change-changed = ● rule: { $what }{ $where ->
    [none] {""}
   *[other] {" "}({ $where })
}, { $field } { $before } → { $after }
standard-change-reworded = ✎ wording: { $what }{ $where ->
    [none] {""}
   *[other] {" "}({ $where })
}, { $field } { $before } → { $after }
standard-change-line = ⚖ weight: { $what } ({ $where }), criteria that share one line's weight { $before } → { $after }
