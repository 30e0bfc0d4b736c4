# The command line
cli-migrated = The database is up to date.
cli-people-imported = { $count ->
    [1] 1 person
   *[other] { $count } people
} imported.
cli-exams-imported = { $count ->
    [1] 1 score
   *[other] { $count } scores
} imported.
cli-assessment-opened = Assessment { $id } is open.
cli-assessment-dates = { $state } · applied { $applied } · due { $due }
cli-invite-link = Link: https://t.me/<bot username>?start={ $token } (give the username with --bot or BOT_USERNAME)
cli-standards-fine = The standards are fine.
cli-chart-drawn = Drawn: { $file }
cli-chart-nobody = Unnamed
cli-chart-targets = Write: chart ASSESSMENT OUT.png (--answers draws a file of answers; --standard, --level and --name go only with it).
cli-chart-answers = With --answers write: chart --answers FILE --standard ID --level LEVEL OUT.png
cli-points = {" "}{ $points } points
cli-key = {" "}(key condition)
cli-heading-id = id
cli-heading-due = due
cli-heading-subject = subject
cli-heading-standard = standard
cli-heading-level = level
cli-heading-reviews = reviews in
cli-heading-staff-no = staff no.
cli-heading-name = name
cli-heading-department = department
cli-heading-roles = roles
cli-heading-telegram = Telegram
cli-heading-assessor = assessor
cli-heading-weight = weight
cli-heading-state = state
cli-role-employee = employee
cli-role-assessor = assessor
cli-role-admin = admin
cli-person-joined = joined
cli-person-away = not joined
cli-person-left = deactivated
cli-state-open = open
cli-state-submitted = submitted
cli-state-completed = completed

# What can't be done
error-database-unmigrated = The database { $given } has no tables yet, or not those of this release. First run: python -m qualify migrate
error-standards-broken = The standards need { $count } { $count ->
    [1] correction
   *[other] corrections
}.
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
