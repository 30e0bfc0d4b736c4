# An organisation's own settings: what is wrong, and what would be right
error-settings-fixed = "{ $field }" belongs to the standard itself and can't be set; copy { $id } to v{ $next }.yaml and release that as a new version. What can be set: { $legal }.
error-settings-unknown = There is no { $field ->
    [targets] element
    [weights] subject
   *[grades] grade
} "{ $given }"; legal are: { $legal }.
error-settings-absent = { $id } v{ $version } has no such rule, so "{ $field }" sets nothing; delete it{ $field ->
    [targets] . Rated in points, an element's standard is all its points: release a new version with other points
   *[other] {""}
}.
error-settings-of-the-source = "{ $field }" is a rule of the source (it isn't marked { $field ->
    [exam_bands] bands_assumed
   *[other] assumed
}) and can't be set; delete it. Where the source has changed, write v{ $next }.yaml.
error-settings-weight-of-the-source = The weight of "{ $field }" is the source's (it isn't marked weights_assumed) and can't be set; delete it. Where the source has changed, write v{ $next }.yaml.
error-settings-past = Settings can't begin on a day that has passed ({ $given }): what was opened since then was opened without them. The earliest day is today, { $today }.

# An organisation's own settings: which they are, and what they change
own-note = Worked out with this organisation's settings no. { $number }, in force from { $since }.
own-nothing = Nothing is changed: the standard as released.
own-target = { $name } · { $level }: standard { $before } → { $after }
own-weight = { $name }{ $level ->
    [all] {""}
   *[other] {" "}· { $level }
}: weight { $before } → { $after }
own-row = { $sign } { $begins } → { $to }
own-suggestion = From shares to suggested ratings: { $rows }
own-next-level = Of the next level, for a rating above the target: { $before }% → { $after }%
own-exam-bands = From mean scores to ratings: { $rows }
own-untaken = Where no subject was taken: { $before } → { $after }
own-grade = { $name }: { $rule ->
    [counting] at most { $before }% → { $after }% unmet
   *[bands] from { $before } → from { $after }
}
error-settings-unknown-number = There are no settings no. { $given }. Known: { $known }.
