# 结果说明：每个数字从哪里来
explain-separator = 、
explain-plus = {" + "}
explain-assumed = （约定：原标准未规定）
explain-element = { $kind ->
    [scale] { $name }：{ $rating } 分 · { $label ->
        [none] 标准 { $target } 分
       *[other] { $label }，标准 { $target } 分
    }
   *[points] { $name }：{ $rating } / { $target } 分
}
explain-element-unrated = { $name }：未评分，按 0 分计
explain-count-met = 达到 { $n }
explain-count-partly = 部分达到 { $n }
explain-count-not-met = 未达到 { $n }
explain-count-not-observed = 未观察到 { $n }（不计入）
explain-points = { $counts } → 达到率 { $share }% × { $possible } 分 → 建议 { $suggestion } 分
explain-scale = { $counts } → 达到率 { $share }% → 建议 { $suggestion } 分
explain-exceeds = { $counts } → 本级全部达到，上一级也达到一半以上 → 建议 { $suggestion } 分
explain-nothing-observed = 各条都未观察到，没有建议分
explain-changed = 评审员改为 { $rating } 分，原因：{ $reason }
explain-no-reason = 未说明
explain-assessor = { $name }（权重 { $weight }）：
explain-mean = 按权重平均，保留一位小数：{ $rating } 分
explain-exam = { $scores } → 加权平均 { $mean } → { $suggestion } 分
explain-exam-untaken = 没有参加考试 → { $suggestion } 分
explain-not-taken = 未参加
explain-scale-count = 超标 { $above } 项，达标 { $at } 项，未达标 { $below } 项。
explain-sum = 各要素合计 { $got } / { $possible } 分。
explain-deduction = { $name }：{ $since } 至 { $until } 被采用 { $found } 篇，要求 { $required } 篇，每少一篇扣 { $each } 分，共扣 { $points } 分。
explain-no-deduction = { $name }：{ $since } 至 { $until } 被采用 { $found } 篇，要求 { $required } 篇，不扣分。
explain-total = 总分 { $total } 分。
explain-grade = { $level } · { $grade }
explain-not-granted = 关键条件未满足，本次不授予该级别（总分本可列为{ $grade }）
explain-key-unmet = 未满足的关键条件：{ $text }
explain-composite = 知识综合得分：{ $parts } = { $composite } 分。
explain-composite-part = { $name } { $score }/{ $maximum } 折百分 × { $weight }%
explain-way-up = 还差 { $missing } 分到{ $grade }，最省力：{ $gains }。
explain-way-up-scale = 离达标最近：{ $gains }。
explain-gain = { $name } +{ $points }
error-answers-object = 答案文件应是一个 JSON 对象:{"{"}"criteria": {"{"}…{"}"}, …{"}"}。
error-answers-field = 答案文件里没有字段“{ $field }”，可用：{ $fields }。
error-answers-shape = “{ $field }”应写成 { $shape }。
error-answers-criterion = { $level } 级没有标准条目“{ $id }”，请用 standards show 查看条目编号。
error-answers-element = { $level } 级没有要素“{ $id }”，请用 standards show 查看要素编号。
error-answers-subject = 没有考试科目“{ $id }”，可用：{ $subjects }。
error-answers-mark = 条目“{ $id }”的回答“{ $given }”无效，应是：{ $marks }。
error-rating-range = “{ $id }”的评分 { $given } 无效，应在 0 到 { $maximum } 之间，每 { $step } 分一档。
error-score-range = “{ $id }”的成绩 { $given } 无效，应在 0 到 { $maximum } 之间。
error-number = “{ $name }”应是数字，收到的是“{ $given }”。
error-date = 日期应写成 2026-03-01 这样，收到的是“{ $given }”。
error-application-date-needed = 这个标准按申请日期计算扣分，请给出 application_date。
# 图表上的字
result-subtitle = { $level } · { $date } · { $assessors } 位评审员
result-met = { $met }/{ $all } 达标
result-note-deduction = { $name }：扣 { $points } 分
result-note-not-granted = 关键条件未满足，不授予该级别
result-note-grade = 级内等：{ $grade }
result-note-composite = 知识综合得分 { $composite }
