# 评估的一生：状态、事件，以及不能照办的
life-state = { $state ->
    [open] 未开始
    [in_progress] 评审中
    [reviewed] 待签署
    [returned] 已退回
    [signed_off] 待发布
    [published] 已发布
    [acknowledged] 已确认
    [appealed] 申诉中
    [answered] 申诉已答复
    [expired] 已过期
   *[withdrawn] 已撤销
}
life-event = { $event ->
    [begin] 开始
    [complete] 汇总
    [return] 退回
    [sign_off] 签署
    [publish] 发布
    [acknowledge] 确认
    [appeal] 申诉
    [answer] 答复申诉
    [reopen] 重新评审
    [expire] 到期
    [settle] 裁定
    [rescore] 重新计分
    [correct] 更正
   *[withdraw] 撤销
}
life-part = { $part ->
    [lead] 主评
    [self] 自评
   *[member] 成员
}
error-life = 这份评估现在是“{ life-state }”，不能{ life-event }。
error-life-not-owed = 这份评估现在是“{ life-state }”，没有待完成的评审，不能再改。
error-forbidden = 你没有权限做这件事。如果需要，请联系管理员。
error-review-not-here = 这份评审不属于这次评估。
error-review-not-in = 这份评审还没提交，不用退回。
error-rescoring = 新的成绩名单刚改了这份评估，正在重新计算。请过一分钟再来看。
error-unsettled = 还有 { $count } 处要先裁定，裁定后就能签署。
error-nothing-to-settle = 这份评估没有要裁定的。
error-settle-subject = “{ $given }”没有要裁定的成绩，有：{ $subjects }。
error-settle-score = 没有人给出这个成绩，给出的是：{ $scores }。
error-settle-source = 这里没有待裁定的成绩由它给出。
error-settle-pair = 没有第 { $given } 组相似的案例，共有 { $count } 组。
error-grade-none-here = 这个标准没有级内等，签署时不用给出。
error-grade-unknown = 没有级内等“{ $given }”，可用：{ $grades }。
error-grade-reason = 与计算结果不同，请用文字写明原因（不超过 { $maximum } 个字）。
error-return-reason = 请用文字写明退回的原因，不超过 { $maximum } 个字。
error-appeal-text = 请用文字写明申诉的理由，不超过 { $maximum } 个字。
error-appeal-proofs = 证明材料最多 { $maximum } 份。
error-appeal-kind = 这种消息不能作为证明。请发文字、照片、文件或语音。
error-appeal-once = 申诉过的结果，或者申诉后重新核定的结果，不能再申诉。
error-appeal-late = 申诉期已过：收到结果后 { $days } 天内可以申诉，最晚从发布一天后算起。
error-appeal-unknown = 没有找到这份申诉。
error-answer-text = 请用文字写明答复，不超过 { $maximum } 个字。
error-result-replaced = 这份结果已被新的结果取代。发送 /result 查看最新结果。
error-applied-future = 申请日期 { $date } 还没到，请选今天或以前的日期。
error-applied-far = “{ $date }”不像申请日期，应在 { $first } 以后。
error-exception-reason = 请用文字写明为什么可以破例，不超过 { $maximum } 个字。
error-ineligible = { $count ->
    [1] { $name }不符合申请条件。要破例，请写明理由。
   *[other] { $name }等 { $count } 人不符合申请条件。要破例，请写明理由，或去掉不符合的人。
}
error-adopt-past = { $date } 已经过去：新版标准从今天或以后的日期起用。
error-adopt-same = { $date } 起本来就用第 { $version } 版，不用再设。
error-due-past = { $date } 已经过去，请选今天或以后的日期。
error-withdraw-published = 这次评估已有发布过的结果，不能撤销。
error-reassign-not-owed = { $name }在这次评估里没有待完成的评审。
error-reassign-here-already = { $name }已经是这次评估的评审员，请换一个人。
error-lead = 主评 { $staff_no } 不在评审员之中，请从评审员里选一位。
error-own-waived = 对你自己的评估不能免签：请保留签署，或请另一位管理员开启。
error-own-score = 这是你自己的成绩，请由另一位管理员导入。
error-batch-empty = { $department }没有可以开启评估的人：部门名要与名单一致，而且评审员本人和评估未完成的人不计。
error-last-admin = 至少要留一位在职的管理员。请先让另一个人成为管理员。
error-roles-none = 请至少保留一个角色。
error-erase-owing = { $name }还有 { $count } 份评审没有完成。请先把它们换给别人，再抹去个人数据。
result-assessor = 评审员 { $number }
settings-whole = { $name } 应是 { $lowest } 到 { $highest } 的整数，收到的是“{ $given }”。
settings-yes-or-no = { $name } 应是 yes 或 no，收到的是“{ $given }”。
settings-month-and-day = { $name } 应是每年都有的月和日，例如 12-01，收到的是“{ $given }”。
settings-workdays = { $name } 应是 china 或 weekends，收到的是“{ $given }”。
