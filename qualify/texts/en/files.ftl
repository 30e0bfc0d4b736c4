# Administrators: lists that were sent
file-people = People: { $count } ({ $added } new, { $changed } changed, { $same } unchanged)
file-scores = Scores: { $count }
file-added = New: { $names }
file-and-more = …
file-back = ↩️ Import, and bring back { $count }
file-nothing-yet = Nothing is imported yet. Import it?
file-nothing-new = Everything is up to date; there is nothing to import.
file-apply = ✅ Import { $count }
file-drop = Don't import
file-done = ✅ Imported.
file-dropped = All right, nothing was imported.
file-more-faults = And { $count } more.
file-send-again = Correct them and send the file again.
error-file-kind = I can't tell what { $file } is. The first row should have the headings:

    people need staff_no and name, and may have department, position, level, manager, roles;
    scores need staff_no, standard, subject, score, taken_on.
error-file-rows = This table has { $count } rows; I take at most { $most } at once. Please send it in several files.
error-file-empty = { $file } has nothing but headings.
error-file-big = The file is too big; the limit is { $most } MB. Please send it in several files.
error-file-heavy = { $file } unpacks into too much to be read. Please keep only the rows and columns that are needed, and send it again.
error-file-slow = I couldn't read { $file } within { $seconds } seconds. Please save it as CSV, or send it in several files.
file-begun = Importing; you'll hear as soon as it is done.
error-file-unreachable = I couldn't get this file. Please try again later, or send it once more.
error-file-gone = This file was dealt with already, or you have sent a newer one. Send it again to import it.
error-file-waiting = The file isn't imported yet. Please press “Import” or “Don't import” above.
preview-published = ⚠️ { $count ->
    [one] 1 published result has other scores by this list. It is scored again; where it changes it is corrected, and the employee and the assessors are told.
   *[other] { $count } published results have other scores by this list. They are scored again; where one changes it is corrected, and the employee and the assessors are told.
}
preview-read = Rows read: { $rows }
preview-ignored = Columns not used: { $columns }
preview-skipped = Rows skipped (totals, repeated headings): { $count }
preview-guess = The encoding of this file is a guess ({ $encoding }). Look whether the names are right; if not, save it as UTF-8.
preview-leavers = Left, not added: { $names }
preview-away = Named, but deactivated: { $names }. They stay so unless you bring them back.
preview-older = A later score is known: { $names }
preview-new = + { $person }
preview-person = { $name } ({ $staff_no })
preview-field = { $column }: { $before } → { $after }
preview-none = (empty)
preview-active = active
preview-away-state = deactivated
preview-more = And { $count } more; everything is in the file.
preview-file = All changes
file-apply-back = ✅ Import, bring back { $count }
template-people = People
template-scores = Scores
template-name = Jane Doe
template-position = Service manager
template-score = 88
template-taken-on = 2026-03-01
template-hired-on = 2024-03-01
template-appraisals = A, B, B
template-active = active
template-left = left
template-hint = Fill in from row 3 on. The example row { $example } is never imported; keep it or delete it.
file-template-people = 📋 People template
file-template-scores = 📋 Scores template
file-template-sent = Fill it in and send it here.
