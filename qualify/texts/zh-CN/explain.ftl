# 结果说明：每个数字从哪里来
explain-separator = 、
explain-plus = {" + "}
explain-gap = {""}

# 各要素
explain-element = { $kind ->
    [scale] { $name }：{ $rating } 分 · { $label ->
        [none] 标准 { $target } 分
       *[other] { $label }，标准 { $target } 分
    }
   *[points] { $name }：{ $rating } / { $target } 分
}
explain-element-unrated = { $name }：未评分，按 0 分计
explain-count-met = 达到 { $n }
explain-count-partly = 部分达到 { $n }（算半条）
explain-count-not-met = 未达到 { $n }
explain-count-not-observed = 未观察到 { $n }（不计入）
explain-share = { $counts } → 达到率 { $value } ÷ { $observed } = { $share }%
explain-share-lines = { $counts } → 按原文每行一份，达到率 { $value } ÷ { $observed } = { $share }%
explain-points = { $share } → × 满分 { $possible } 分，四舍五入到 { $step }{ $agreed } → 建议 { $suggestion } 分
explain-scale = { $share }，{ $reached }{ $agreed } → 建议 { $suggestion } 分
explain-row-all = 全部达到
explain-row-from = 不低于 { $share }%
explain-row-above = 高于 { $share }%
explain-next-level = 高一级达到 { $met }/{ $asked } 条{ $share ->
    [alike] {""}
   *[other] （按原文行 { $share }%）
}，要求 { $needed }%
explain-not-exceeding = { $above }：本级全部达到且高一级达到要求，才建议 { $rating } 分{ $agreed }
explain-nothing-observed = 各条都未观察到，没有建议分
explain-by-hand = 评审员直接评为 { $rating } 分，原因：{ $reason }
explain-changed = 评审员改为 { $rating } 分，原因：{ $reason }
explain-no-reason = 未说明
explain-assessor = { $name }（权重 { $weight }）：
explain-mean = 各评审员按权重平均{ $unrated ->
    [some] （未评分的不计入）
   *[none] {""}
}，保留一位小数{ $agreed }：{ $figures }
explain-mean-rating = 评分 { $rating } 分
explain-mean-suggestion = 建议 { $suggestion } 分
explain-mean-share = 达到率 { $share }%
explain-exam = { $scores } → 加权平均 { $mean } 分 → { $rule } → { $suggestion } 分
explain-exam-rounded = { $scores } → 加权平均 { $exact }，四舍五入为 { $mean } 分{ $agreed } → { $rule } → { $suggestion } 分
explain-exam-band = { $score } 分起的一档
explain-exam-points = × 满分 { $possible } 分 ÷ 100，四舍五入到 { $step }
explain-exam-untaken = 各科都没有参加考试{ $agreed } → { $suggestion } 分
explain-weighted = { $text }（占 { $weight }%）
explain-counts-nothing = 未参加（计 0 分）{ $agreed }
explain-not-taken = 未参加

# 合计、扣分、级内等、关键条件、知识
explain-scale-count = 超标 { $above } 项，达标 { $at } 项，未达标 { $below } 项。
explain-sum = 各要素合计 { $got } / { $possible } 分。
explain-deduction = { $name }：申请日前 { $months } 个月（{ $since } 至 { $until }，含首尾两天）被采用 { $found } 篇，要求 { $required } 篇，少 { $lacking } 篇 × { $each } 分，扣 { $points } 分。
explain-no-deduction = { $name }：申请日前 { $months } 个月（{ $since } 至 { $until }，含首尾两天）被采用 { $found } 篇，要求 { $required } 篇，不扣分。
explain-total = 总分 { $total } 分。
explain-total-off = { $got } − { $off }，总分 { $total } 分。
explain-total-floor = { $got } − { $off } 不足 0，总分按 { $total } 分计。
explain-grade = 总分 { $total } 分，从 { $threshold } 分起为{ $grade }{ $agreed } → { $level } · { $grade }。
explain-grade-by-total = 只看总分 { $total } 分，从 { $threshold } 分起为{ $grade }{ $agreed }。
explain-counted = 关键条件以外共 { $asked } 条，未达到 { $unmet } 条，占 { $share }%，{ $bound ->
    [100] 为
   *[other] 不超过 { $bound }% 为
}{ $grade }{ $agreed } → { $level } · { $grade }。
explain-counted-alone = 只看其余 { $asked } 条，未达到 { $unmet } 条，占 { $share }%，{ $bound ->
    [100] 为
   *[other] 不超过 { $bound }% 为
}{ $grade }{ $agreed }。
explain-not-granted = 有关键条件未满足，本次不授予{ $level }{ $agreed }。
explain-key-unmet = 未满足的关键条件：{ $text }（评审员的回答：{ $answers }）。
explain-mark-met = 达到
explain-mark-partly = 部分达到
explain-mark-not-met = 未达到
explain-mark-not-observed = 未观察到
explain-composite = 知识综合得分：{ $parts } = { $composite } 分。
explain-composite-regulation = 知识综合得分按{ $regulation }排名，用于任职资格申请。
explain-composite-part = { $name } { $score } × { $weight }%
explain-composite-part-scaled = { $name } { $score } ÷ { $maximum } × 100 × { $weight }%
explain-composite-missing = 知识综合得分：还缺{ $subjects }的成绩。
explain-case = ✓ { $case }
explain-case-outside = ✗ { $case }：不在期限内，不计
explain-case-words = { $day }{ $title ->
    [none] {""}
   *[other] {" "}{ $title }
}{ $kind ->
    [none] {""}
   *[other] （{ $kind }）
}
explain-conflict = ❗ { $subject }有不同的成绩：{ $scores }。由签署人裁定，{ $counts ->
    [none] 暂按其中一个计
   *[other] 暂按 { $counts } 分计
}。
explain-twins = ❗ 可能是同一篇案例：{ $one }／{ $other }。由签署人裁定，暂按一篇计。

# 约定：原文没有规定的，读标准和看结果用同样的话
agreed-sign = ※{ $number }
agreed-heading = 原文没有规定，由这里约定
agreed-answers = 部分达到算 ½，未观察到不计入。
agreed-points = 建议分是满分 × 达到率{ $exams ->
    [some] （考试是 × 平均分 ÷ 100）
   *[none] {""}
}，四舍五入到 { $step } 分。
agreed-suggestion = 从达到率到建议分的对照。
agreed-exceeding = 什么时候建议“{ $exceeding }”。
agreed-exam-rounding = 考试的加权平均分有小数，先四舍五入到整数。
agreed-exam-untaken = 缺考的科目按 0 分计；一科都没考，评为 { $untaken }。
agreed-exam-bands = 考试平均分的分数线。
agreed-targets = 要素另定的标准分只用来比较，建议几分不变。
agreed-mean = 几位评审员的评分按权重取平均，{ $kind ->
    [points] 中间不舍入；总分最后四舍五入到 0.1。
   *[scale] 显示到一位小数。
}
agreed-grades = 级内等怎样划分。
agreed-key-conditions = 关键条件未达到，就不授予这个级别。
agreed-ranking = 同一自然年申请同一级别的人一起排名，同分同名次；成绩取申请日（含）以前最近一次。

# 怎样最省力地再上一步
explain-way-up-key = 先满足关键条件，就能授予{ $granted }。
explain-way-up = 还差 { $missing } 分到{ $grade }（{ $threshold } 分起），最省力：{ $gains }。
explain-way-up-counted = 再达到 { $missing } 条，就是{ $grade }（未达到的不超过 { $bound }%）。
explain-way-up-scale = { $each ->
    [one] 离达标最近，差 { $missing } 分：{ $gains }。
   *[several] 离达标最近，各差 { $missing } 分：{ $gains }。
}
explain-gain-separator = ；
explain-gains = { $gains }等 { $n } 项
explain-gain = { $name } +{ $points }
explain-gain-cases = { $name }再补 { $n } 篇 +{ $points }

# 不接受的答案
error-answers-object = 答案文件应是一个 JSON 对象：{"{"}"criteria": {"{"}…{"}"}, …{"}"}。
error-answers-field = 答案文件里没有字段“{ $field }”，可用：{ $fields }。
error-answers-shape = “{ $field }”应写成 { $shape }。
error-answers-criterion = 级别 { $level } 没有标准条目“{ $id }”，请用 standards show 查看条目编号。
error-answers-element = 级别 { $level } 没有要素“{ $id }”，请用 standards show 查看要素编号。
error-answers-subject = 没有考试科目“{ $id }”，可用：{ $subjects }。
error-answers-mark = 条目“{ $id }”的回答“{ $given }”无效，应是：{ $marks }。
error-rating-range = “{ $id }”的评分 { $given } 无效，应在 0 到 { $maximum } 之间，每 { $step } 分一档。
error-score-range = “{ $id }”的成绩 { $given } 无效，应在 0 到 { $maximum } 之间。
error-number = “{ $name }”应是数字，收到的是“{ $given }”。
error-date = 日期应写成 2026-03-01 这样，收到的是“{ $given }”。
error-application-date-needed = 这个标准按申请日期计算扣分，请给出 application_date。

# 图表上的字
result-subtitle = { $level } · { $date } · { $assessors } 位评审员
result-note-deduction = { $name }：扣 { $points } 分
result-note-composite = 知识综合得分 { $composite }

# 几行字说清结果：分数、级内等，以及哪天做了什么
result-met = { $met }/{ $all } 达标
result-points = 总分 { $total } 分
result-grade = 级内等：{ $grade }
result-warning = 不授予{ $level }
result-blocked = 关键条件未满足：{ $text }
result-computed = { $day } 计算{ $total ->
    [none] {""}
   *[other] ：总分 { $total } 分
}{ $grade ->
    [none] {""}
   *[other] ，级内等：{ $grade }
}
result-operator = 命令行
result-signed = { $day } 由{ $by }签署
result-signed-otherwise = { $day } 由{ $by }签署，{ $grade ->
    [none] 不授予级别
   *[other] 级内等定为{ $grade }
}，原因：{ $reason }
result-waived = 开启时已免签署
result-published = { $day } 发布 · 申诉截止 { $until }{ $valid ->
    [none] {""}
   *[other] {" "}· 有效期至 { $valid }
}

# 结果旁边：签署、有效期、与上次的比较、自评
result-signed-grade = 级内等：{ $grade }（计算为{ $computed }，签署人改定：{ $reason }）
result-signed-refused = 不授予该级别（计算为{ $computed }，签署人改定：{ $reason }）
result-not-granted = 不授予该级别
result-note-signed = 级内等：{ $grade }（签署人改定）
result-note-refused = 签署人决定不授予该级别
result-signed-by = { $name }签署于 { $date }
result-signed-unnamed = 管理员签署于 { $date }
result-valid = 有效期至 { $date }
result-expired = ⌛ 有效期到 { $date } 为止，已过期
result-standing = { $state ->
    [unpublished] 🔒 尚未发布，本人还看不到。
    [replaced] ↪️ 已被新的结果取代，发送 /result 查看。
    [acknowledged] ✅ 已确认。
    [appealed] ⚖️ 已申诉，等待答复。
    [answered] ⚖️ 申诉已答复，结果不变。
   *[again] 🔁 正在重新核定，新结果发布前以这份为准。
}
result-replaces = { $kind ->
    [same] ✏️ 取代 { $date } 的结果，总的不变
    [met] ✏️ 取代 { $date } 的结果：{ $change } 项达标
   *[total] ✏️ 取代 { $date } 的结果：{ $change } 分
}
result-replaces-composite = 知识综合成绩：{ $then } → { $now }
result-compared = { $kind ->
    [met] 比 { $date }：{ $change } 项达标
   *[total] 比 { $date }：{ $change } 分
}
result-compared-same = { $kind ->
    [met] 比 { $date }：达标项数不变
   *[total] 比 { $date }：总分不变
}
result-changes = 与 { $date } 的结果相比，评分有变化的要素：
result-changes-none = 与 { $date } 的结果相比，各要素的评分都没有变化。
result-change = { $way ->
    [up] ↑ { $name }：{ $then } → { $now }
   *[down] ↓ { $name }：{ $then } → { $now }
}
result-own = 自评：{ $rating } 分
result-own-note = 自评只列在旁边作对照（图上的空心方块），不计入分数。
