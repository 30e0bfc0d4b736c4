# The command line
cli-migrated = The database is up to date.
cli-backed-up = Backed up to { $file }.
cli-restored = Restored from { $file }; the database is up to date.

# People and scores
cli-people-imported = Imported: { $added } added, { $changed } changed, { $same } unchanged.
cli-people-checked = All is right, and nothing was stored. Importing will add { $added }, change { $changed } and leave { $same } as they are.
cli-person-roles = The roles of { $staff_no } are now: { $roles }.
cli-person-added = { $staff_no } is added.
cli-person-changed = { $staff_no } is changed.
cli-person-renumbered = Staff number { $old } is now { $new }; the history stays.
cli-person-manager = The manager of { $staff_no } is now: { $manager }.
cli-person-no-manager = { $staff_no } has no manager now.
cli-person-activated = { $staff_no } is active again.
cli-person-deactivated = { $staff_no } is deactivated and gets no more messages.
cli-person-exported = Everything about { $staff_no } is in { $file }.
cli-person-erased = { $staff_no } is erased. Results stay without a name, the audit log as it was.
cli-exams-imported = { $count ->
    [1] 1 score
   *[other] { $count } scores
} imported.
cli-exams-checked = All is right ({ $count ->
    [1] 1 score
   *[other] { $count } scores
}), and nothing was stored.
cli-invite-link = Link: https://t.me/<bot username>?start={ $token } (give the username with --bot or BOT_USERNAME)
cli-invite-whom = Give a STAFF_NO, or --all for everybody who hasn't joined (with --department and FILE.xlsx, if you like), not both.
cli-invite-file = The file is to hold links: give the bot's username with --bot or BOT_USERNAME.
cli-invited = Written to { $file }: invitation links for { $count ->
    [1] 1 person
   *[other] { $count } people
}. Each works once and is valid until { $until }; links made for them before no longer work.
cli-standards-fine = The standards are fine.
cli-chart-drawn = Drawn: { $file }
cli-chart-nobody = Unnamed
cli-chart-targets = Write: chart ASSESSMENT OUT.png (--answers draws a file of answers; --standard, --level and --name go only with it).
cli-chart-answers = With --answers write: chart --answers FILE --standard ID --level LEVEL OUT.png
cli-points = {" "}{ $points } points
cli-mark-line = {" "}(line { $value })
cli-mark-inherited = {" "}(inherited from level { $value })
cli-mark-restored = {" "}(lost in the source, filled in from its like)
cli-mark-minimum = {" "}(doing better meets it)
cli-mark-key = {" "}(key condition)
cli-exported = Exported: { $file }

# Assessments
cli-assessment-opened = Assessment { $id } is open.
cli-assessment-extended = Assessment { $id } is now due on { $due }.
cli-assessment-withdrawn = Assessment { $id } is withdrawn.
cli-assessment-reassigned = Assessment { $id }: the review has passed from { $old } to { $new }.
cli-assessment-exception = Opened as an exception: { $reason }
cli-assessment-dates = { $state } · applied { $applied } · due { $due }
cli-left-out-unfinished = Left out: { $name } ({ $staff_no }), whose last assessment by this standard isn't finished.
cli-left-out-assessor = Left out: { $name } ({ $staff_no }), an assessor of this batch.
cli-left-out-asked = Left out: { $name } ({ $staff_no }), as you asked.
cli-left-out-ineligible = Left out: { $name } ({ $staff_no }), who lacks what applicants must bring.
cli-review-state = { $state ->
    [open] open
    [submitted] submitted
   *[withdrawn] withdrawn
}
cli-review-returned = returned: { $reason }
cli-case-apart = The assessors' ratings differ widely:
cli-case-settle = To settle before signing (assess settle):
cli-case-appealed = Appealed { $day }: { $text }
cli-case-answered = Answered { $day }: { $text }
cli-case-reopened = Reviewed again { $day }: { $text }

# Signing, returning, publishing, appeals
cli-signed-off = Assessment { $id } is signed. To show it to the employee: publish { $id }
cli-settled = Assessment { $id }: settled, and scored again.
cli-settle-options = Give --subject and --score, or --cases and --same/--distinct, or --review, or --lists.
cli-returned = Assessment { $id }: { $count ->
    [1] 1 review
   *[other] { $count } reviews
} returned.
cli-published = Assessment { $id } is published.
cli-appeal-answered = The appeal in assessment { $id } is answered; the result stands.
cli-appeal-state = { $state ->
    [waiting] waiting
    [answered] answered
   *[reopened] reviewed again
}

# Progress and messages
cli-days = { $days ->
    [1] 1 day
   *[other] { $days } days
}
cli-reminded = { $count ->
    [1] 1 person
   *[other] { $count } people
} reminded.
cli-not-reached = Not reached: { $name } ({ $staff_no }) hasn't joined on Telegram, or is deactivated.
cli-remind-whom = Give staff numbers, or --overdue for everybody who is late: one of the two.
cli-notice = { $kind ->
    [team_result] result of somebody in the team
    [subject_left] the person assessed has left
    [result] result
    [review] new review
    [reviews] a batch of new reviews
    [reminder] reminder
    [overdue] digest of what is overdue
    [returned] review returned
    [withdrawn] review withdrawn
    [to_sign] waits for a signature
    [appeal] appeal
    [appeal_answer] answer to an appeal
    [expires_soon] result expires in 60 days
    [expires_now] result expires in 7 days
    [fault] digest of faults
    [signs] standards that may need adjusting
    [converted] review went over to a version
    [standard] standard to be signed
    [standard_released] standard signed
   *[other] { $kind }
}
cli-notice-outcome = { $outcome ->
    [owed] owed
    [failing] failed { $faults ->
        [1] once
       *[other] { $faults } times
    } so far, tried again
    [sent] sent
    [unsure] perhaps delivered
    [refused] refused by Telegram
    [failed] failed
   *[other] { $outcome }
}

# Headings, and what things are called
cli-heading-id = id
cli-heading-update = update
cli-heading-account = Telegram account
cli-heading-deaths = deaths
cli-inbox-state = { $state ->
    [aside] set aside
   *[waits] waits
}
cli-heading-due = due
cli-heading-overdue = overdue
cli-heading-subject = subject
cli-heading-standard = standard
cli-heading-level = level
cli-heading-reviews = reviews in
cli-heading-figure = Result
cli-heading-valid-until = Valid until
cli-heading-open = Under way
cli-team-whose = Say whose team with --manager STAFF_NO or --department NAME, one of them.
cli-heading-staff-no = staff no.
cli-heading-manager = Manager
cli-heading-name = name
cli-heading-department = department
cli-heading-link = link
cli-heading-token = token
cli-heading-roles = roles
cli-heading-telegram = Telegram
cli-heading-review = review
cli-heading-assessor = assessor
cli-heading-part = part
cli-heading-weight = weight
cli-heading-state = state
cli-heading-evidence = notes and files
cli-heading-done = done
cli-heading-rank = rank
cli-heading-applied = applied
cli-heading-composite = composite
cli-heading-date = date
cli-heading-appeal = appeal
cli-heading-due-at = due
cli-heading-notice = about
cli-heading-sent-at = settled
cli-heading-outcome = outcome
cli-heading-date-time = when
cli-heading-who = who
cli-heading-action = action
cli-heading-about = about
cli-heading-before-after = change
cli-role-employee = employee
cli-role-assessor = assessor
cli-role-admin = admin
cli-person-joined = joined
cli-person-away = not joined
cli-person-left = deactivated

# What can't be done
error-database-unmigrated = The database { $given } has no tables yet, or not those of this release. First run: python -m qualify migrate
error-backup-there = There is a file { $file } already; it was left alone. Add --force to write over it.
error-backup-place = { $file } is the database itself, or no plain file; it was left alone. Give another file.
error-backup-unreadable = { $file } is not a sound backup. Give a file that qualify backup has written.
error-backup-other-kind = { $file } is a backup of the other kind of database (SQLite and PostgreSQL don't mix). Check DATABASE_URL.
error-backup-program = This machine has no { $program }. Install PostgreSQL's client programs (such as postgresql-client), then try again.
error-backup-program-old = This machine's { $program } is version { $given }, older than the server's { $server }. Install PostgreSQL's client programs of version { $server } or newer.
error-backup-failed = { $program } didn't finish, and nothing was changed: { $reason }
error-restore-used = There are people or records in the database already; nothing was restored. Add --replace to put the backup in their place; they are lost then.
error-restore-in-use = The database is in use; nothing was restored. First stop the bot and other commands.
error-standards-broken = The standards need { $count } { $count ->
    [1] correction
   *[other] corrections
}.
error-as-unknown = No active person has the staff number { $given }, so nobody can act as them (--as or QUALIFY_AS).
error-erase-unconfirmed = { $staff_no } was not erased: there is no way back. Keep what people export writes, then say it again with --yes.
error-unpublished = { $count ->
    [1] 1 result was
   *[other] { $count } results were
} not published:
error-remind-nothing-owed = { $staff_no } owes no review; progress lists who does.
error-period = The period ends before it begins: { $since } is after { $until }.
error-due = A due date is written like 2026-03-01, or +30d for thirty days from today, not “{ $given }”.
error-bot-username = “{ $given }” is no bot's username; it looks like your_bot: letters, digits, underscores.
error-file-unreadable = { $file } can't be opened: { $reason ->
    [missing] there is no such file
    [directory] it is a directory
    [forbidden] you may not read it
   *[other] { $detail }
}.
error-file-unwritable = { $file } can't be written: { $reason ->
    [missing] there is no such directory
    [directory] it is a directory
    [forbidden] you may not write there
   *[other] { $detail }
}.
error-file-encoding = { $file } is not UTF-8 text. Save it again with the encoding UTF-8.
error-json = Line { $line }, column { $column } of { $file } is not valid JSON ({ $reason }). Check quotes, commas and brackets here and before.
error-json-twice = “{ $name }” is written twice in the same place; keep one.
error-json-extreme = { $file } is nested too deeply, or has a number too large to work with. Is it the file of answers?
error-table-guess = the encoding of { $file } can only be guessed ({ $encoding }). Look at the names with --dry-run first; if they are right, add --trust-encoding.
cli-template-written = The template is in { $file }. Fill it in and import it.
cli-settings = { $standard } v{ $version } · settings no. { $number }, from { $since }
cli-settings-hold = in force
cli-settings-none = No settings are in force for { $id }: it holds as released.
cli-heading-number = no.
cli-heading-from = from
cli-statistics-none = No published results to count yet.
cli-heading-item = item
