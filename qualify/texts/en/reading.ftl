# Reading a standard: the words of its pages
reading-colon = :{" "}
reading-version = Version { $version }
reading-source = Source: { $source }
reading-modules = It is made of
reading-module = { $name } ({ $count })
reading-levels = Levels, low to high
reading-lost = Lost in the source

# What is asked
reading-asks = { $level } asks for
reading-not-asked = This level does not rate the element.
reading-own = { $level } asks besides:
reading-inherited-above = What { $level } asks for (above) is asked here as well.
reading-inherited = From { $level }, asked here as well:
reading-marks = {" "}({ $marks })
reading-between = ;{" "}
reading-key = key condition
reading-minimum = doing better meets it too
reading-restored = lost in the source, restored from its like
reading-one-line = Criteria { $numbers } are one line of the source and share one weight.
reading-meaning = The category and the level

# Exams
reading-subjects = The subjects
reading-subject = { $name }: full marks { $maximum }, weight { $weight }%
reading-covers = To read: { $lists }
reading-prepares = Asked in: { $exam }
reading-composite = Each subject is brought to 100; by their weights they make the knowledge composite, which is ranked.
reading-ranking = Ranked among whom
reading-regulation = Held by: { $regulation }
reading-exam-bands = Weighted mean → rating
reading-exam-band = { $low }–{ $high } → { $rating }
reading-exam-gaps = A mean with decimals, a subject not taken
reading-exam-points = How it becomes a rating
reading-exam-points-how = Rating = weighted mean ÷ 100 × the element’s points.

# How it is rated
reading-answers = First, criterion by criterion
reading-answers-how = Met counts 1, partly ½, not met 0; not observed is left out. The mean is the share that is met.
reading-lines-how = Criteria split from one line of the source share one weight.
reading-scale = The rating of an element
reading-target = {" "}← what the level asks for
reading-targets = Elements with a standard of their own
reading-targets-how = Ratings are compared with it; suggestions stay, and follow the share met.
reading-target-of = { $name }: { $target }
reading-own-target = {" "}(standard: { $target })
reading-suggestion = The suggested rating
reading-share = { $kind ->
    [above] above { $share }% met → { $rating }
    [only] { $share }% met → { $rating }
   *[from] from { $share }% met → { $rating }
}
reading-exceeding-how = Everything at this level met, and at least { $share }% of the next level.
reading-exceeding-top = This is the top level: the assessor gives it by hand and says why.
reading-points = The rating of an element
reading-points-how = From 0 to the element’s points, in steps of { $step }. All of them less deductions are the total, from 0 to 100.
reading-points-suggestion = Points × share met, to the nearest { $step }. The assessor may change it and says why.
reading-assessors = With several assessors
reading-deduction = This level asks for { $required }; { $points } points off for each one missing.
reading-window = Only what was adopted in the { $months } months before the application date counts, first and last day included.
reading-adopted = Adopted by: { $by }.
reading-kinds = What counts: { $kinds }.
reading-grades = { $rule ->
    [counting] The grade within the level
   *[bands] The totals of the grades within the level
}
reading-grade = { $grade }: from { $total }
reading-counting = All key conditions met; then how many of the other criteria are unmet:
reading-counted = { $grade }: at most { $unmet }%
reading-keys = Key conditions
reading-key-unmet = If a key condition is not met
reading-key-how = The total is still shown, but the level is not granted.
reading-key-none = This level has no key condition.
reading-eligibility = To apply
reading-service-years = { $years } years of service.
reading-appraisals = { $last ->
    [1] The last appraisal is one of: { $accepted }.
   *[other] The last { $last } appraisals are each one of: { $accepted }.
}
reading-level-held = { $months ->
    [0] { $level } held.
   *[other] { $level } held for { $months } months.
}

# What is agreed
reading-agreed-mark = ＊ Open in the source, agreed here.

# The chat: reading a standard
command-standard = Standards: what they ask for
reading-choose = 📘 Which level would you like to read?
reading-choose-own = 📘 Which level would you like to read? ⭐ is yours.
reading-choice = { $level } · { $standard }
reading-heading = { $standard } · { $level }
reading-earlier = { $name } (version { $version })
reading-hint = A number shows what an element asks for.
reading-page = {" "}({ $page }/{ $pages })
reading-to-about = 📖 What it is about
reading-to-rating = 📏 How it is rated
reading-to-exams = 📝 Exams
reading-to-lists = 📚 What to read
reading-to-agreed = 🤝 Agreed here
reading-to-elements = ☰ All elements
reading-to-choice = ☰ Another standard or level
reading-to-result = ‹ Back to the explanation
reading-below = ⬇️ { $level }
reading-above = ⬆️ { $level }
reading-info = ℹ️ Standard
reading-learn = 📚 What to learn next
reading-learn-hint = A number shows what this level and the next one ask for.
reading-learn-lacking = Room to improve
reading-learn-met = Full marks already
reading-learn-row = { $number }. { $name }  { $rating } / { $target }
