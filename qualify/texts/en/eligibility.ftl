# What an applicant lacks: one sentence a rule
eligibility-line = { $name } ({ $staff_no }): { $lacks }
eligibility-separator = {"; "}
eligibility-service-unknown = { $years ->
    [1] one year
   *[other] { $years } years
} of service are asked for, and the list has no day of hiring
eligibility-service-short = { $years ->
    [1] one year
   *[other] { $years } years
} of service are asked for; hired { $hired }, full on { $enough }
eligibility-appraisals-unknown = { $last ->
    [1] the last appraisal
   *[other] the last { $last } appraisals
} must be { $accepted }, and the list has { $known ->
    [0] none
   *[other] only { $known }
}
eligibility-appraisals-other = { $last ->
    [1] the last appraisal
   *[other] the last { $last } appraisals
} must be { $accepted }, and there is { $others }
eligibility-level-none = a valid { $level } is asked for, and there is none
eligibility-level-short = { $level } must have been held for { $months ->
    [1] a month
   *[other] { $months } months
}; held since { $since }, full on { $enough }
