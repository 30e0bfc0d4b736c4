# What an applicant lacks: one sentence a rule
eligibility-line = { $name } ({ $staff_no }): { $lacks }
eligibility-separator = {"; "}
eligibility-service-unknown = must have served { $years ->
    [1] a year
   *[other] { $years } years
}, and the list has no day of hiring
eligibility-service-short = must have served { $years ->
    [1] a year
   *[other] { $years } years
}; hired { $hired }, which is full on { $enough }
eligibility-appraisals-unknown = { $last ->
    [1] the last appraisal must be one of { $accepted }
   *[other] the last { $last } appraisals must be among { $accepted }
}, and the list has { $known ->
    [0] none
   *[other] only { $known }
}
eligibility-appraisals-other = { $last ->
    [1] the last appraisal must be one of { $accepted }
   *[other] the last { $last } appraisals must be among { $accepted }
}, and there is { $others }
eligibility-level-none = must hold { $level }, still valid, and doesn’t
eligibility-level-short = must have held { $level } for { $months ->
    [1] a month
   *[other] { $months } months
}; held since { $since }, which is full on { $enough }
