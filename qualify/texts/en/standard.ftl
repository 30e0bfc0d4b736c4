# Reading and checking a standard's file: what is wrong and what would be right.
error-standard-invalid = { $file } needs correcting in { $count ->
    [1] one place
   *[other] { $count } places
} before it can be used.
error-standard-unknown = There is no standard "{ $id }". There are: { $known }.
error-standard-version-unknown = Standard "{ $id }" has no version { $version }. There are: { $known }.
error-standard-no-such-level = Standard "{ $id }" has no level "{ $level }". There are: { $known }.

# The file itself
error-standard-unreadable = The file cannot be opened: { $detail }. Check the path and the right to read it.
error-standard-encoding = This is not UTF-8 text. Save the file again with the encoding "UTF-8".
error-standard-too-large = The file is too large, at most { $limit } characters. Is it the right file?
error-standard-empty = The file is empty. The ten-line example in standards/README.md is a good start.
error-standard-character = There is an invisible control character here ({ $code }); delete it.
error-standard-none-here = There is no standard here. Check the path: standards lie in this directory as <id>/v<version>.yaml.
error-standard-misplaced = The file must lie where its id and version say: { $right }.
error-standard-second-document = One file holds one standard: delete the line "---" and put what follows into a file of its own.
error-standard-key = Only a simple name can stand before a colon.
error-standard-key-twice = "{ $name }" was already given in line { $first }; it can be given once here: delete or rename one.
error-standard-alias = "*{ $name }" cannot stand for something written elsewhere; write it out here.
error-standard-tag = Tags that begin with "!" are not allowed; if it is a text, put it in quotes.
error-standard-too-deep = This is nested too deeply; check indentation and brackets against the format.
error-standard-yaml = This is not valid YAML ({ $detail }). Check indentation, colons and quotes in this line and the one before.
error-standard-yaml-character = Nothing can begin with this character: indent with spaces, not tabs; quote a text that begins with a sign such as @, ` or %. ({ $detail })
error-standard-yaml-colon = A colon is amiss: after a name comes a plain colon and a space; quote a text that contains ": ". ({ $detail })
error-standard-yaml-indentation = The indentation does not line up: lines of one block begin in the same column. ({ $detail })
error-standard-yaml-quote = The file ends before this is finished: check that quotes and brackets come in pairs. ({ $detail })
error-standard-yaml-bracket = Things in brackets are separated by commas and end with the closing bracket. ({ $detail })

# Fields
error-standard-field-missing = "{ $field }" is missing { $where ->
    [top] at the top level
   *[other] in "{ $where }"
}; add it.
error-standard-field-unknown = There is no field "{ $field }" here; there are: { $legal }.
error-standard-field-unknown-near = There is no field "{ $field }" here; is "{ $nearest }" meant? There are: { $legal }.
error-standard-language-missing = "{ $where }" lacks its { $field ->
    [zh] Chinese (zh)
   *[en] English (en)
} text; both languages are needed.
error-standard-language-unknown = "{ $field }" is no language; only these go here: { $legal }. If it is the rest of a sentence, quote the whole sentence.
error-standard-not-text = "{ $field }" must be a text, but is { $given }.
error-standard-text-empty = "{ $field }" is empty; write a text.
error-standard-id = "{ $given }" cannot be an id: use lower-case letters, digits, dots and hyphens, begin with a letter or digit, 48 characters at most.
error-standard-not-number = "{ $field }" must be a number, but is { $given }.
error-standard-too-exact = "{ $field }" has too many decimals: { $given }. Points have three at most, shares four.
error-standard-not-date = "{ $field }" must be a date such as 2027-01-01, not { $given }.
error-standard-not-whole = "{ $field }" must be a whole number, but is { $given }.
error-standard-not-boolean = "{ $field }" must be true or false, but is { $given }.
error-standard-not-list = "{ $field }" must be a list (one item a line, each after "- "), but is { $given }; with nothing to list, delete the field.
error-standard-not-mapping = { $field ->
    [top] The file
   *[other] "{ $field }"
} must be written as "name: value" lines, but is { $given }.
error-standard-shape = "{ $field }" is not written as it should be ({ $detail }); it is { $given }.
error-standard-list-short = "{ $field }" has too few items; it needs at least { $minimum }.
error-standard-out-of-range = "{ $field }" must be { $bound }, but is { $given }.
error-standard-not-one-of = "{ $field }" cannot be { $given }; it can be: { $legal }.

# Rules: ids, levels, points
error-standard-id-twice = The { $kind ->
    [reading] reading list
    [case-kind] case kind
   *[other] { $kind }
} id "{ $id }" is used twice; it must be the only one in the whole standard: choose another.
error-standard-subjects-of-behaviour = Element "{ $element }" is a behaviour and has no subjects; if it is examined, write kind: exam.
error-standard-subjects-missing = Exam element "{ $element }" needs at least one of its subjects.
error-standard-criteria-of-exam = Exam element "{ $element }" is rated by its subjects; delete its levels.
error-standard-exam-bands-missing = With exam elements ("{ $element }") the rating needs exam_bands: which score gives which rating.
error-standard-points-on-scale = Elements on a scale have no points; delete the points of "{ $element }".
error-standard-targets-in-points = Rated in points, an element's standard is all its points; delete the targets of "{ $element }" and change its points instead.
error-standard-points-missing = Elements rated in points say how many at each level; add points to "{ $element }" (0 where it is not asked).
error-standard-points-step = { $points } points of "{ $element }" are no multiple of { $step }, so they could never be given.
error-standard-points-sum-low = The points of level "{ $level }" sum to { $total }; they must sum to 100: { $difference } too few.
error-standard-points-sum-high = The points of level "{ $level }" sum to { $total }; they must sum to 100: { $difference } too many.
error-standard-level-unknown = There is no level "{ $level }"; there are: { $legal }.
error-standard-level-missing = "{ $field }" lacks level "{ $level }"; every level must be there{ $field ->
    [weight] .
   *[other] {" "}(0 for none).
}
error-standard-inherits-upwards = Level "{ $level }" cannot inherit from "{ $source }": only from a lower level.
error-standard-inherited-alone = "inherited" says where inherited criteria stand, but nothing is inherited here: add inherits, or delete it.
error-standard-inherits-nothing = Element "{ $element }" has nothing at level "{ $source }" to inherit.
error-standard-criteria-missing = Element "{ $element }" is asked at level "{ $level }" but has no criteria there: write criteria or inherits.
error-standard-criteria-without-points = Element "{ $element }" has 0 points at level "{ $level }" and is not asked: delete the criteria, or give it points.
error-standard-line-missing = Criterion "{ $id }" does not say its line, others of this level do: write a line for all of them or for none.
error-standard-line-order = Lines count up from 1 and the criteria of a line stand together: this is { $given }, it can be: { $legal }.
error-standard-deduction-on-scale = A scale has no total to deduct from; delete the deduction "{ $id }".
error-standard-key-conditions-missing = With key criteria (key: true), key_conditions must say what an unmet one does (effect: not-granted).
error-standard-key-criteria-missing = There are key_conditions, but no criterion is marked key: true: mark one, or delete key_conditions.
error-standard-held-not-lower = Level "{ $level }" cannot ask for level "{ $held }" to be held already: only for a lower one.
error-standard-prepares-for-unknown = Nothing is examined under "{ $id }"; there are: { $legal }.

# Rules: tables
error-standard-label-order = Labels count up from 0 without a hole: this is { $given }, it must be { $right }.
error-standard-rating-unlabelled = { $given } has no label; there are: { $legal }.
error-standard-suggestion-above-target = Suggestions go up to the target ({ $target }), this is { $rating }; what is above belongs in exceeding.
error-standard-row-above-all = No share is above 1, so this row can never be reached; delete above.
error-standard-exceeding-low = Exceeding must be rated above the target ({ $target }), this is { $rating }.
error-standard-row-unreachable = This row can never be reached: "{ $field }" must fall from row to row; the row before has { $before }, this one { $given }.
error-standard-row-last = The last row must begin at 0 (without above) to catch everything; its "{ $field }" is { $given }.
error-standard-rating-order = "rating" must fall from row to row; the row before has { $before }, this one { $given }.
error-standard-counted-unreachable = This grade can never be reached: "unmet" must rise from row to row; the row before has { $before }, this one { $given }.
error-standard-counted-last = The last grade must allow everything (unmet: 1) so that there is one for everybody; its "unmet" is { $given }.
error-standard-grades-on-scale = A scale has no total to grade by; delete grades.

# Releases
error-standard-released-changed = { $id } version { $version } is released: only its wording may change. For other ids, numbers or order write v{ $next }.yaml.
error-standard-released-gone = { $id } version { $version } is released, but its file is gone; restore it: past results need it.
error-standard-in-both = { $id } v{ $version } says one thing in this file and another in the database, and neither wins silently: delete or mend this file (standards export shows the one released there).
error-standard-lock-line = This line cannot be read; it must be: <id> v<version> <hash of 64 hex digits>.
error-standard-draft = Ready for use; { $id } version { $version } is still a draft. To release it, add this line to released.lock: { $entry }
