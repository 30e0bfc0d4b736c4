# What an applicant lacks: one sentence a rule
eligibility-line = { $name }（{ $staff_no }）：{ $lacks }
eligibility-separator = ；
eligibility-service-unknown = 工龄要满 { $years } 年，名单里没有入职日期
eligibility-service-short = 工龄要满 { $years } 年，{ $hired } 入职，{ $enough } 才满
eligibility-appraisals-unknown = 最近 { $last } 次考核要都是 { $accepted }，名单里{ $known ->
    [0] 没有考核
   *[other] 只有 { $known } 次
}
eligibility-appraisals-other = 最近 { $last } 次考核要都是 { $accepted }，其中有 { $others }
eligibility-level-none = 申请时要持有有效的{ $level }，现在没有
eligibility-level-short = { $level }要持有满 { $months } 个月，{ $since } 起持有，{ $enough } 才满
