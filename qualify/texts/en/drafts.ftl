# Standards: drafts and releases
error-draft-unknown = There is no draft of { $id } v{ $version }. It may have been deleted.
error-draft-released = { $id } v{ $version } is released and can't be changed or deleted any more.
error-draft-changed = This draft was changed just now. Look at it again before you release it.
error-draft-same = { $id } v{ $version } says just what is in use, so there is nothing to take in. To change it, make the version { $next } on the sheet Standard.
error-draft-version-taken = { $id } v{ $version } is in use and can't be changed. On the sheet Standard (row 3, column B) make the version { $next } and send it again.
error-release-own = You asked for this release, so another administrator signs it.

# The command line
cli-standard-state = { $state ->
    [draft] {"  "}(draft)
    [to_sign] {"  "}(to be signed)
    [in_force] {"  "}(in force)
    [planned] {"  "}(adopted from a day to come)
   *[released] {""}
}
cli-standard-exported = Wrote { $id } v{ $version }: { $file }
cli-standard-tried = { $id } v{ $version } is fine; this was a dry run, nothing was stored.
cli-standard-imported = Took in a draft of { $id } v{ $version }. Look at what differs, then standards release.
cli-standard-released = { $state ->
    [to_sign] Asked for the release of { $id } v{ $version }; another administrator signs it.
   *[released] Released { $id } v{ $version }. It doesn't change any more.
}
cli-standard-dropped = Deleted the draft of { $id } v{ $version }.
error-standard-reference = "{ $given }" isn't understood. Write ID@VERSION (such as client-manager@2), an id alone, or a file (.xlsx, .yaml).

# Administrators: standards
standards-hint = Send a changed workbook here, and it is a draft.
standards-title = { $name } v{ $version }
standards-entry = { $state ->
    [draft] ✏️ { $title } · draft
    [to_sign] ✍️ { $title } · to be signed
    [in_force] ✅ { $title } · in force
    [planned] 📅 { $title } · from { $since }
   *[released] { $title }
}
standards-operator = the command line
standards-state = { $state ->
    [draft] A draft, sent by { $who } on { $when }. Nobody uses it before its release.
    [to_sign] { $asked } asked for its release; another administrator signs it.
    [in_force] In force: new assessments are made by it.
    [planned] Adopted from { $since }; until then version { $current } is in force.
   *[released] Released. New assessments are made by version { $current }.
}
standards-before = Compared with v{ $version }:
standards-more = { $count } more lines: press “All that differs”.
standards-file = 📄 Workbook
standards-diff = 🔍 All that differs
standards-try = 🧪 Try it
standards-release = { $state ->
    [to_sign] ✅ Sign
   *[draft] ✅ Release
}
standards-drop = 🗑 Delete the draft
standards-ask-release = { $state ->
    [to_sign] Sign “{ $title }”? Then it can't be changed. From which day it is used is decided after that; assessments that are open keep their version.
   *[draft] Release “{ $title }”? Where there is another administrator, they sign. Then it can't be changed. From which day it is used is decided after that; assessments that are open keep their version.
}
standards-ask-drop = { $state ->
    [to_sign] Delete “{ $title }”? The request for its release ends too. It can't be brought back.
   *[draft] Delete the draft “{ $title }”? It can't be brought back.
}
standards-do-release = { $state ->
    [to_sign] Sign
   *[draft] Release
}
standards-do-drop = { $state ->
    [to_sign] Delete it and the request
   *[draft] Delete
}
standards-released = { $state ->
    [to_sign] ✍️ Asked for the release of “{ $title }”. Another administrator signs it under Standards.
   *[released] ✅ “{ $title }” is released and doesn't change any more. Next see what adopting it would do, and from which day to use it.
}
standards-replaces = Replaces the present draft of v{ $version }. What differs:
standards-follows = Compared with v{ $version }:
standards-first = This is a new standard.
standards-take = ✅ Keep as a draft
standards-nothing-yet = Nothing is kept yet. A draft can be tried and changed again; only its release makes it count.
standards-taken = ✅ Kept the draft “{ $title }”.
standards-look = See the draft
standards-problems = This standard needs { $count } corrections; nothing was taken in:
standards-problems-file = corrections
standards-sent = Change it and send it back here. For a released version first add 1 to the version.

# Trying a draft
trial-subject = Trial (made-up person)
trial-level = At which level? You are the assessor of a made-up person, up to the chart. Nothing is stored, and you can stop at any time.
trial-end = ⏹ End the trial
trial-finish = 📊 See the result
trial-result = 🧪 The trial's result (not stored)
trial-again = 🧪 Try again
trial-ended = The trial has ended and nothing is left of it.
error-trial-over = This trial has ended. To try again, press “Try it” on the draft.
error-trial-note = A trial keeps no notes. Answer with the buttons.
standards-settings = 📐 Settings of our own
