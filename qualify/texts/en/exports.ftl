# The exported workbook: names of its three sheets, headings and words
export-sheet-results = Results
export-sheet-answers = Answers
export-sheet-progress = Progress
export-heading-assessment = Assessment
export-heading-staff-no = Staff no.
export-heading-name = Name
export-heading-department = Department
export-heading-standard = Standard
export-heading-version = Version
export-heading-level = Level
export-heading-applied = Applied on
export-heading-element = Element
export-heading-rating = Rating
export-heading-target = Target
export-heading-total = Total
export-heading-grade = Computed grade
export-heading-signed-grade = Signed grade
export-heading-signed-by = Signed by
export-heading-reason = Reason
export-heading-published = Published at
export-heading-valid-until = Valid until
export-heading-state = State
export-heading-assessor = Assessor
export-heading-part = Part
export-heading-submitted = Submitted at
export-heading-item = Item
export-heading-answer = Answer
export-heading-opened = Opened at
export-heading-due = Due
export-heading-reviews-in = Reviews in
export-heading-reviews = Reviews in all
export-heading-owed-by = Owed by
export-part = { $part ->
    [lead] lead
    [self] self-assessment
   *[member] member
}
export-replaced = replaced by a newer result
export-not-granted = level not granted
export-operator = command line
export-rating = Rating
export-not-taken = not taken
export-case = Published case
